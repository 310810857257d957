import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkHistory } from "./checks/check-history.ts";
import { Device } from "./devices/device.ts";
import { type Reader, startReader } from "./devices/start-reader.ts";
import { CANARY } from "./history/canary.ts";
import { type HistoryWriter, readHistory } from "./history/history-file.ts";
import { shortenBodies } from "./history/shorten-bodies.ts";
import { attempt } from "./people/attempt.ts";
import { hostCall } from "./people/host-call.ts";
import { tokenOf } from "./people/people.ts";
import type { RoundResult } from "./run-round.ts";
import { databaseOf } from "./world/database-of.ts";
import { dumpDatabase } from "./world/dump-database.ts";
import { createRandom } from "./world/random.ts";
import { startWorld, type World } from "./world/start-world.ts";

interface Stall {
  readonly folder: string;
  /** How long it goes well, and how long the reader stands still, in seconds. */
  readonly seconds: number;
  readonly serverFolder?: string;
}

const WRITERS = ["ana", "ben", "carl", "dora"];
const READER = "eve";
/** Five connections hear each loud message: about ten megabytes a second where the machine can. */
const BODY_CHARACTERS = 19_000;
const PAUSE_MS = 25;
const SAMPLE_MS = 100;
const CATCHES_UP_WITHIN_MS = 30_000;

/** People write large messages; one device does not read for a while, then reads again and catches up. Judges what happened. */
export async function runStalledReader({ folder, seconds, serverFolder }: Stall): Promise<RoundResult> {
  const historyFile = join(folder, "history-stalled.jsonl");
  const options = { folder, historyFile, servers: 1 as const };
  const world = await startWorld({ ...options, ...(serverFolder !== undefined && { serverFolder }) });
  try {
    await stallOne(world, shortenBodies(world.history), seconds * 1_000);
  } finally {
    await world.stop();
    await world.history.close();
  }
  const log = world.servers.map((server) => server.log()).join("\n");
  return { ...(await checkHistory(readHistory(historyFile))), historyFile, log };
}

async function stallOne(world: World, history: HistoryWriter, ms: number): Promise<void> {
  const [way] = world.straightWays;
  if (way === undefined) throw new Error("There is no server.");
  const conversationId = await openConversation(way.url, history);
  const devices = await Promise.all(WRITERS.map((userId) => connect(userId, world, history)));
  const reader = await startReader(READER, way, history);
  let isOver = false;
  const watching = watch(world, history, reader, () => isOver);
  const writing = devices.map((device) => writeLarge(device, conversationId, history, () => isOver));
  await sleep(ms);
  reader.stall();
  history.write({ type: "stalled", at: history.now(), device: reader.name, server: way.name });
  await sleep(ms);
  isOver = true;
  await Promise.all([...writing, watching]);
  history.write({ type: "reads-again", at: history.now(), device: reader.name, server: way.name });
  reader.readAgain();
  await dumpDatabase(databaseOf(world.postgres.adminUrl, "parley"), history);
  await Promise.race([reader.tellViews([conversationId]), sleep(CATCHES_UP_WITHIN_MS, null, { ref: false })]);
  reader.kill();
  await devices[0]?.tellViews([conversationId]);
  for (const device of devices) device.close();
}

async function openConversation(url: string, history: HistoryWriter): Promise<string> {
  const participants = [...WRITERS, READER].map((userId) => ({ userId }));
  const body = { type: "group", title: CANARY, participants };
  const { conversation } = await hostCall<{ conversation: { id: string } }>(url, "POST", "/api/conversations", body);
  for (const { userId } of participants) history.write({ type: "member", conversationId: conversation.id, userId });
  return conversation.id;
}

async function connect(userId: string, { straightWays }: World, history: HistoryWriter): Promise<Device> {
  const token = await tokenOf(userId);
  const rest = { ways: straightWays, transports: ["websocket"] as const, history, random: createRandom(1) };
  const device = new Device({ name: userId, userId, token, ...rest });
  while (!device.socket.connected) await sleep(20);
  return device;
}

async function writeLarge(
  device: Device,
  conversationId: string,
  history: HistoryWriter,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const body = `${CANARY} ${randomUUID()} ${"x".repeat(BODY_CHARACTERS)}`;
    const operation = { do: "send", conversationId, clientMessageId: randomUUID(), body } as const;
    await attempt(device, operation, { history, byHttp: null, timeoutMs: 10_000 });
    await sleep(PAUSE_MS);
  }
}

/** Writes down the server's memory, and when it says that it cut somebody off. */
async function watch(world: World, history: HistoryWriter, reader: Reader, isOver: () => boolean): Promise<void> {
  const [server] = world.servers;
  if (server === undefined) return;
  for (let isCutOff = false; !isOver(); ) {
    history.write({ type: "memory", at: history.now(), server: server.name, bytes: server.memory() });
    if (!isCutOff && (await countCutOff(server.url)) > 0) {
      isCutOff = true;
      history.write({ type: "cut-off", at: history.now(), device: reader.name, server: server.name });
    }
    await sleep(SAMPLE_MS);
  }
}

async function countCutOff(url: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then((response) => response.text());
  return Number(/^parley_connections_closed_total\{reason="slow reader"\} (\d+)$/m.exec(text)?.[1] ?? 0);
}
