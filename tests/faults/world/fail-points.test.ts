import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Device } from "../devices/device.ts";
import { attempt } from "../people/attempt.ts";
import { hostCall } from "../people/host-call.ts";
import { tokenOf } from "../people/people.ts";
import { createRandom } from "./random.ts";
import { failPoints } from "./server-process.ts";
import { startWorld, type World } from "./start-world.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-fail-points-"));
let world: World;
let device: Device;
let conversationId: string;

beforeAll(async () => {
  world = await startWorld({ folder, historyFile: join(folder, "history.jsonl"), servers: 1 });
  const url = world.straightWays[0]?.url ?? "";
  const body = { type: "group", participants: [{ userId: "ana" }, { userId: "ben" }] };
  const opened = await hostCall<{ conversation: { id: string } }>(url, "POST", "/api/conversations", body);
  conversationId = opened.conversation.id;
  const { history, straightWays: ways } = world;
  const rest = { transports: ["websocket"] as const, history, random: createRandom(1) };
  device = new Device({ name: "ana", userId: "ana", token: await tokenOf("ana"), ways, ...rest });
});
afterAll(async () => {
  device.close();
  await world.stop();
  await world.history.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Whether the sender got an answer, and whether the message is there. */
const expected = {
  "before-commit": { answered: false, stored: false },
  "after-commit": { answered: false, stored: true },
  "before-acknowledgement": { answered: false, stored: true },
  "before-event": { answered: true, stored: true },
};

it.each(failPoints)("a server dies %s when it is told to", async (point) => {
  const [server] = world.servers;
  while (!device.socket.connected) await sleep(20);
  const death = server?.dieAt(point, 10_000);
  const operation = { do: "send", conversationId, clientMessageId: randomUUID(), body: point } as const;
  const outcome = await attempt(device, operation, { history: world.history, byHttp: null, timeoutMs: 8_000 });
  expect(await death).toBe(true);
  while (!device.socket.connected) await sleep(20);
  const read = { do: "read", conversationId } as const;
  const page = await attempt(device, read, { history: world.history, byHttp: null, timeoutMs: 8_000 });
  const messages = page.is === "done" ? (page.answer.messages ?? []) : [];
  const stored = messages.some(({ content }) => content === point);
  expect({ answered: outcome.is === "done", stored }).toEqual(expected[point]);
});
