import { setTimeout as sleep } from "node:timers/promises";
import { createRandom, type Random } from "../faults/world/random.ts";
import type { Measurement } from "../support/compiled-server.ts";
import type { FuzzWorld } from "./fuzz-world.ts";
import { openRaw } from "./raw-connection.ts";
import { playHttp } from "./play-http.ts";
import { playPolling } from "./play-polling.ts";
import { playWebSocket } from "./play-websocket.ts";

const PLAYS = { http: playHttp, websocket: playWebSocket, polling: playPolling };
type PlayName = keyof typeof PLAYS;
const LANES: readonly PlayName[] = (
  [
    ["http", 8],
    ["websocket", 8],
    ["polling", 5],
  ] as const
).flatMap(([play, count]) => Array.from({ length: count }, () => play));
/** A polling session that was left open is forgotten after ping interval and timeout. */
const QUIET_WITHIN_MS = 90_000;
/** Of the server itself, and of Node. Each connection has some of its own. */
const TIMERS = 10;
const FINDINGS_MAX = 20;

export interface Finding {
  readonly what: string;
  /** `npm run fuzz -- --play http --case 42` plays it alone. */
  readonly play: PlayName;
  readonly case: number;
}

export interface FuzzReport {
  readonly seed: number;
  readonly cases: Record<PlayName, number>;
  /** Answers over HTTP, by status. */
  readonly statuses: Record<string, number>;
  /** 503 with the code `overloaded`. */
  overloaded: number;
  readonly findings: Finding[];
  /** What was not forgotten in time, null when all was. */
  leftBehind: string | null;
  /** After each round, and when all connections are forgotten. */
  readonly measurements: Measurement[];
}

/**
 * Plays random cases in rounds, and measures what the server holds after each of them, and when it is quiet at last.
 * @param seconds of each round
 */
export async function runFuzz(world: FuzzWorld, seed: number, rounds: number, seconds: number): Promise<FuzzReport> {
  const report: FuzzReport = {
    seed,
    cases: { http: 0, websocket: 0, polling: 0 },
    statuses: {},
    overloaded: 0,
    findings: [],
    leftBehind: null,
    measurements: [],
  };
  const random = createRandom(seed);
  const lanes = LANES.map((play) => ({ play, random: random.fork() }));
  // What set the scene over HTTP keeps a connection or two.
  const ownSockets = socketsOf(await world.server.measure());
  for (let round = 0; round < rounds; round += 1) {
    const end = performance.now() + seconds * 1_000;
    await Promise.all(lanes.map((lane) => runLane(world, report, lane, end)));
    if (world.server.ended() !== null) return report;
    await sleep(1_000);
    report.measurements.push(await world.server.measure());
  }
  await measureWhenQuiet(world, ownSockets).then(
    (found) => report.measurements.push(found),
    (error: Error) => (report.leftBehind = error.message),
  );
  return report;
}

interface Lane {
  readonly play: PlayName;
  readonly random: Random;
}

async function runLane(world: FuzzWorld, report: FuzzReport, { play, random }: Lane, end: number): Promise<void> {
  while (performance.now() < end && report.findings.length < FINDINGS_MAX && world.server.ended() === null) {
    await runCase(world, report, play, Math.floor(random.next() * 4_294_967_296));
  }
}

/** Plays the case of this number, and writes down what is wrong with the answers. */
export async function runCase(world: FuzzWorld, report: FuzzReport, play: PlayName, number: number): Promise<void> {
  const find = (what: string) => report.findings.push({ what: what.slice(0, 2_000), play, case: number });
  report.cases[play] += 1;
  try {
    const received = await PLAYS[play](world, createRandom(number));
    judge(received, report, find);
  } catch (error) {
    find(String(error));
  }
  const ended = world.server.ended();
  if (ended !== null) find(`The server ended: ${ended}. ${world.server.log().slice(-1_500)}`);
}

function judge(received: string, report: FuzzReport, find: (what: string) => void): void {
  for (const { index, 1: status = "" } of received.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
    report.statuses[status] = (report.statuses[status] ?? 0) + 1;
    if (!status.startsWith("5")) continue;
    if (status === "503" && received.includes('"code":"overloaded"')) report.overloaded += 1;
    else find(received.slice(Math.max(0, index - 300), index + 1_000));
  }
  const at = received.search(/"code":"internal"|"status":500/);
  if (at >= 0) find(`An internal error was told: ${received.slice(Math.max(0, at - 500), at + 500)}`);
}

/** Waits until the server has let go of all connections but ours. */
async function measureWhenQuiet({ server }: FuzzWorld, ownSockets: number): Promise<Measurement> {
  const end = performance.now() + QUIET_WITHIN_MS;
  for (;;) {
    await sleep(500);
    const connections = await countConnections(server.port);
    const found = await server.measure();
    const timers = found.resources["Timeout"] ?? 0;
    if (connections === "0" && socketsOf(found) <= ownSockets && timers <= TIMERS) return found;
    if (performance.now() > end) {
      throw new Error(`Not all is forgotten: ${connections} connections, ${JSON.stringify(found.resources)}`);
    }
  }
}

const socketsOf = ({ resources }: Measurement): number => resources["TCPSocketWrap"] ?? 0;

/** As the server counts them, asked over a connection that is over when it has answered. */
async function countConnections(port: number): Promise<string | undefined> {
  const asking = await openRaw(port);
  await asking.write(["GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"]);
  const metrics = await asking.until(() => false, 5_000);
  asking.close();
  return /^parley_connections (\d+)$/m.exec(metrics)?.[1];
}
