import { setTimeout as sleep } from "node:timers/promises";
import { Device } from "../devices/device.ts";
import type { Way } from "../devices/way.ts";
import type { HistoryWriter } from "../history/history-file.ts";
import type { Random } from "../world/random.ts";
import { tokenOf } from "./people.ts";

interface Passing {
  readonly userId: string;
  /** Straight to the servers: a broken network would hide when a connection ends. */
  readonly ways: readonly Way[];
  readonly history: HistoryWriter;
  readonly random: Random;
  readonly isOver: () => boolean;
}

/** Connects with tokens that end soon, one after the other, and listens until it is put out. */
export async function passBy({ userId, ways, history, random, isOver }: Passing): Promise<void> {
  for (let n = 1; !isOver(); n += 1) {
    const seconds = random.between(1.5, 4);
    const expiresAt = history.now() + seconds * 1_000;
    const token = await tokenOf(userId, seconds);
    const way = random.pick(ways);
    const name = `${userId}, visit ${n}`;
    const rest = { transports: ["websocket"] as const, history, random, expiresAt };
    const device = new Device({ name, userId, token, ways: [way], ...rest });
    await sleep(expiresAt - history.now() + 3_500);
    device.close();
  }
}
