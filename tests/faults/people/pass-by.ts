import { setTimeout as sleep } from "node:timers/promises";
import { call } from "../devices/call.ts";
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

/** How long it waits to be put out, in milliseconds. */
const WAITS_MS = 3_500;

/** Connects with tokens that end soon, or signs out soon, again and again, and listens until it is put out. */
export async function passBy({ userId, ways, history, random, isOver }: Passing): Promise<void> {
  for (let n = 1; !isOver(); n += 1) {
    const signsOut = random.next() < 0.5;
    const seconds = signsOut ? 60 : random.between(1.5, 4);
    const expiresAt = history.now() + seconds * 1_000;
    const token = await tokenOf(userId, seconds);
    const way = random.pick(ways);
    const name = `${userId}, visit ${n}`;
    const rest = { transports: ["websocket"] as const, history, random, expiresAt };
    const device = new Device({ name, userId, token, ways: [way], ...rest });
    if (signsOut) {
      await sleep(random.between(800, 2_000));
      await signOut(device, random.pick(ways), history);
      await sleep(2 * WAITS_MS);
    } else await sleep(expiresAt - history.now() + WAITS_MS);
    device.close();
  }
}

/** On whatever server. When it fails the visit goes on. */
async function signOut({ name, token, userId }: Device, way: Way, history: HistoryWriter): Promise<void> {
  const operation = { do: "sign-out", device: name } as const;
  const pending = history.invoke({ by: userId, server: way.name, via: "http", patienceMs: 8_000, operation });
  try {
    const request = { url: way.url, method: "DELETE", path: "/api/session", token, timeoutMs: 8_000 };
    const { problem } = await call(request);
    if (problem === null) pending.ok({});
    else pending.unknown(problem.code);
  } catch (error) {
    pending.unknown((error as Error).message);
  }
}
