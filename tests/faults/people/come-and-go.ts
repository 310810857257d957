import type { Problem } from "@parley/protocol";
import { setTimeout as sleep } from "node:timers/promises";
import type { Device } from "../devices/device.ts";
import type { HistoryWriter } from "../history/history-file.ts";
import type { Operation } from "../history/history.ts";
import type { Random } from "../world/random.ts";
import { attempt } from "./attempt.ts";
import { hostCall } from "./host-call.ts";

interface Coming {
  /** Of somebody who only listens. */
  readonly device: Device;
  readonly conversationId: string;
  readonly history: HistoryWriter;
  readonly random: Random;
  readonly isOver: () => boolean;
}

/** The host removes somebody and lets them in again, until it is over; they try to read all the while. They end as a participant. */
export async function comeAndGo(coming: Coming): Promise<void> {
  const { device, conversationId, isOver, random } = coming;
  const { userId } = device;
  while (!isOver()) {
    device.socket.volatile.emit("conversation:join", { conversationId }, () => {});
    await readFor(coming, random.between(1_000, 4_000));
    await insist(coming, { do: "remove", conversationId, userId });
    await readFor(coming, random.between(500, 3_000));
    await insist(coming, { do: "add", conversationId, userId });
  }
}

async function readFor(coming: Coming, ms: number): Promise<void> {
  const { device, conversationId, history, random } = coming;
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const byHttp = random.pick(device.ways);
    await attempt(device, { do: random.pick(["read", "look"]), conversationId }, { history, byHttp, timeoutMs: 5_000 });
    await sleep(random.between(100, 500));
  }
}

async function insist({ device, history, random }: Coming, operation: Operation & { do: "add" | "remove" }) {
  const { conversationId, userId } = operation;
  for (;;) {
    const way = random.pick(device.ways);
    const pending = history.invoke({ by: null, server: way.name, via: "http", patienceMs: 8_000, operation });
    const path = `/api/conversations/${conversationId}/participants`;
    try {
      if (operation.do === "add") await hostCall(way.url, "POST", path, { userId });
      else await hostCall(way.url, "DELETE", `${path}/${encodeURIComponent(userId)}`);
      return pending.ok({});
    } catch (error) {
      const problem = (error as { problem?: Problem }).problem;
      // Removed by an attempt whose answer was lost.
      if (operation.do === "remove" && problem?.code === "not_found") return pending.ok({});
      pending.unknown((error as Error).message);
      await sleep(random.between(50, 300));
    }
  }
}
