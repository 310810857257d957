import { setTimeout as sleep } from "node:timers/promises";
import type { HistoryWriter } from "../history/history-file.ts";
import { failPoints, type ServerProcess } from "../world/server-process.ts";
import type { Fault } from "./fault.ts";

const HOUR_MS = 3_600_000;

export const serverFaults: readonly Fault[] = [
  {
    name: "a server is killed",
    breakIt: async ({ world, random }) => {
      const server = random.pick(world.servers);
      await server.killAndRestart();
      return server.name;
    },
  },
  ...failPoints.map(
    (point): Fault => ({
      name: `a server dies ${point.replace("-", " ")}`,
      breakIt: async ({ world, random }) => {
        const server = random.pick(world.servers);
        await server.dieAt(point, 3_000);
        return server.name;
      },
    }),
  ),
  {
    name: "a server is told to stop, and started again",
    breakIt: async ({ world, random }) => {
      const { history } = world;
      const server = random.pick(world.servers);
      history.write({ type: "draining", at: history.now(), server: server.name });
      const code = await server.drain();
      history.write({ type: "drained", at: history.now(), server: server.name, code });
      await server.restart();
      return server.name;
    },
  },
  {
    name: "a server's clock jumps",
    breakIt: async ({ world, random }) => {
      const server = random.pick(world.servers);
      for (const aheadMs of [random.pick([-HOUR_MS, HOUR_MS, 10_000, -10_000]), 0]) {
        moveClock(world.history, server, aheadMs);
        await sleep(random.between(1_000, 3_000));
      }
      return server.name;
    },
  },
];

function moveClock(history: HistoryWriter, server: ServerProcess, aheadMs: number): void {
  history.write({ type: "clock", at: history.now(), server: server.name, aheadMs });
  server.moveClock(aheadMs);
}
