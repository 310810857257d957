import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import { databaseUrl } from "../support/database.ts";
import { breakThings } from "./break-things.ts";
import { checkHistory } from "./check-history.ts";
import { Device } from "./device.ts";
import { createHistoryWriter, type HistoryRecord, type HistoryWriter, readHistory, type Sighting } from "./history.ts";
import type { Report } from "./history-report.ts";
import { mutations } from "./mutate-history.ts";
import { JWT_SECRET, type Meeting, openConversations, SECRET_KEY, tokenOf } from "./people.ts";
import { createRandom } from "./random.ts";
import { SdkDevice } from "./sdk-device.ts";
import { sendUntil } from "./send-until.ts";
import { findSteadyPort, type ServerProcess, startServerProcess } from "./server-process.ts";

/** FAULT_SECONDS and FAULT_SEED run it longer, shorter, or once more. */
const SECONDS = Number(process.env["FAULT_SECONDS"] ?? 60);
const SEED = Number(process.env["FAULT_SEED"] ?? Date.now() % 1_000_000_007);
const KILLS = Math.max(2, Math.round(SECONDS / 12));
const PEOPLE = Array.from({ length: 20 }, (_, index) => `person-${index + 1}`);
/** Some people have a second device, which only listens. */
const SECOND_DEVICES = 5;
const MEAN_PAUSE_MS = 500;
const ANSWERED_WITHIN_MS = 60_000;

let folder: string;
let postgres: EmbeddedPostgres;
let server: ServerProcess;
let devices: Device[] = [];
/** The last of the people use the SDK. */
const SDK_PEOPLE = 4;
let sdkDevices: SdkDevice[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-faults-"));
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, "data") });
  const config = join(folder, "parley.json");
  writeFileSync(config, JSON.stringify({ conversationTypes: { group: { messageRate: null } } }));
  server = await startServerProcess(await findSteadyPort(), {
    DATABASE_URL: postgres.url,
    PARLEY_JWT_SECRET: JWT_SECRET,
    PARLEY_SECRET_KEY: SECRET_KEY,
    PARLEY_CONFIG: config,
    DATA_DIR: join(folder, "data"),
    LOG_LEVEL: "warn",
  });
});

afterAll(async () => {
  for (const device of [...devices, ...sdkDevices]) device.close();
  await server?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("twenty people write while the server is killed and PostgreSQL stops", () => {
  it(`loses, doubles, reorders and invents nothing (seed ${SEED})`, { timeout: (SECONDS + 240) * 1_000 }, async () => {
    const history = createHistoryWriter(join(folder, "history.jsonl"));
    const meetings = await openConversations(server, PEOPLE);
    for (const { id, userIds } of meetings) {
      for (const userId of userIds) history.write({ type: "member", conversationId: id, userId });
    }
    devices = await connectDevices(history);
    sdkDevices = await openSdkDevices(history, meetings);
    await writeUnderFire(history, meetings);
    for (const device of [...devices, ...sdkDevices]) {
      const mine = meetings.filter(({ userIds }) => userIds.includes(device.userId));
      await device.tellViews(mine.map(({ id }) => id));
    }
    await dumpDatabase(history);
    await history.close();
    const report = await checkHistory(readHistory(history.file));
    console.log(summaryOf(report));
    expect(report.violations).toEqual([]);
    expect(report.acked).toBe(report.sent);
    expect(report.sent).toBeGreaterThan(SECONDS);
    expect(server.crashes(), server.log()).toBe(0);
    await expectMutationsAreCaught(history.file, meetings.at(-1)?.id);
    expect(await server.stop()).toBe(0);
  });
});

async function connectDevices(history: HistoryWriter): Promise<Device[]> {
  const owners = [...PEOPLE, ...PEOPLE.slice(0, SECOND_DEVICES)];
  return Promise.all(
    owners.map(async (userId, index) => {
      const name = index < PEOPLE.length ? userId : `${userId}, second device`;
      const transports = index % 4 === 3 ? (["polling", "websocket"] as const) : (["websocket"] as const);
      return new Device({ name, userId, token: await tokenOf(userId), url: server.url, transports, history });
    }),
  );
}

async function openSdkDevices(history: HistoryWriter, meetings: readonly Meeting[]): Promise<SdkDevice[]> {
  return Promise.all(
    PEOPLE.slice(-SDK_PEOPLE).map(async (userId) => {
      const token = await tokenOf(userId);
      const device = new SdkDevice({ name: `${userId}, SDK`, userId, token, url: server.url, history });
      await device.open(meetings.filter(({ userIds }) => userIds.includes(userId)).map(({ id }) => id));
      return device;
    }),
  );
}

async function writeUnderFire(history: HistoryWriter, meetings: readonly Meeting[]): Promise<void> {
  const random = createRandom(SEED);
  const durationMs = SECONDS * 1_000;
  let isOver = false;
  const isOverNow = () => isOver;
  const writers = meetings.flatMap(({ id: conversationId, userIds }) =>
    userIds.map((userId) => {
      const sending = { conversationId, random: random.fork(), pauseMs: MEAN_PAUSE_MS, isOver: isOverNow };
      const sdkDevice = sdkDevices.find((device) => device.userId === userId);
      if (sdkDevice !== undefined) return sdkDevice.sendUntil(sending);
      const device = devices.find((candidate) => candidate.userId === userId);
      if (device === undefined) throw new Error(`${userId} has no device.`);
      return sendUntil({ device, ...sending });
    }),
  );
  const faults = breakThings({ server, postgres, history, random: random.fork(), durationMs, kills: KILLS });
  await Promise.all([sleep(durationMs), faults]);
  isOver = true;
  const answered = await Promise.race([Promise.all(writers), sleep(ANSWERED_WITHIN_MS, null, { ref: false })]);
  expect(answered, "everything that was sent is answered in the end").not.toBeNull();
}

async function dumpDatabase(history: HistoryWriter): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(postgres.adminUrl, "parley") });
  await client.connect();
  const conversations = await client.query(
    "SELECT id, last_seq::int AS last_seq FROM parley.conversations ORDER BY id",
  );
  for (const { id, last_seq } of conversations.rows) {
    history.write({ type: "conversation", conversationId: id, lastSeq: last_seq });
  }
  const messages = await client.query<Sighting>(
    `SELECT conversation_id AS "conversationId", seq::int, version::int, id, client_message_id AS "clientMessageId",
       sender_id AS "senderId", content FROM parley.messages ORDER BY conversation_id, seq`,
  );
  for (const message of messages.rows) history.write({ type: "stored", message });
  await client.end();
}

/** A checker that finds nothing proves nothing: the history of one conversation, with one record changed, must not pass. */
async function expectMutationsAreCaught(file: string, id: string | undefined): Promise<void> {
  const records: HistoryRecord[] = [];
  for await (const record of readHistory(file)) {
    const conversationId =
      "message" in record ? record.message.conversationId : "conversationId" in record && record.conversationId;
    if (record.type === "view" || conversationId === id) records.push(record);
  }
  expect((await checkHistory(records)).violations).toEqual([]);
  for (const { name, kind, mutate } of mutations) {
    const { violations } = await checkHistory(mutate(records));
    expect(
      violations.map((violation) => violation.kind),
      name,
    ).toContain(kind);
  }
}

function summaryOf(report: Report): string {
  const seconds = (report.longestSilenceMs / 1_000).toFixed(1);
  return (
    `faults: seed ${SEED}, ${SECONDS} s, ${PEOPLE.length} people, ${devices.length + sdkDevices.length} devices: ${report.sent} sent ` +
    `(${report.repeats} repeats), ${report.acked} acknowledged, ${report.heard} events heard; server killed ${KILLS} times, ` +
    `PostgreSQL stopped once, ${report.connections - devices.length} reconnects; longest without an answer ${seconds} s`
  );
}
