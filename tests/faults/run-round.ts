import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { breakThings } from "./breaking/break-things.ts";
import type { Fault } from "./breaking/fault.ts";
import { checkHistory } from "./checks/check-history.ts";
import type { Report, Violation } from "./checks/invariants.ts";
import { call } from "./devices/call.ts";
import { readHistory } from "./history/history-file.ts";
import { liveUntil } from "./people/live-until.ts";
import { tokenOf } from "./people/people.ts";
import { type Crowd, settleCrowd } from "./people/settle-crowd.ts";
import { databaseOf } from "./world/database-of.ts";
import { dumpDatabase } from "./world/dump-database.ts";
import { createRandom } from "./world/random.ts";
import { startWorld, type World } from "./world/start-world.ts";

export interface Round {
  readonly seed: number;
  /** How long things are broken, in seconds; it takes some more to start, and to settle afterwards. */
  readonly seconds: number;
  readonly servers: 1 | 2;
  readonly faults: readonly Fault[];
  readonly folder: string;
  /** Mean pause of each writer in each conversation, in milliseconds. */
  readonly pauseMs?: number;
  /** Everything that was begun is answered, and everybody has caught up, within this time each, in milliseconds. */
  readonly settleMs?: number;
  /** The compiled server to run, when it is not the product's. */
  readonly serverFolder?: string;
}

export interface RoundResult extends Report {
  readonly historyFile: string;
  /** What the servers said. */
  readonly log: string;
}

const USUAL_PAUSE_MS = 800;
const USUAL_SETTLE_MS = 60_000;

/** One world, one crowd, and faults; then everything is looked at, and the history is judged. */
export async function runRound(round: Round): Promise<RoundResult> {
  const { folder, seed, servers, serverFolder } = round;
  const historyFile = join(folder, `history-${seed}.jsonl`);
  const world = await startWorld({ folder, historyFile, servers, ...(serverFolder !== undefined && { serverFolder }) });
  let failures: string[] = [];
  try {
    failures = await fill(world, round);
  } finally {
    await world.stop();
    await world.history.close();
  }
  for (const server of world.servers) {
    if (server.crashes() > 0) failures.push(`${server.name} ended ${server.crashes()} times by itself`);
  }
  const report = await checkHistory(readHistory(historyFile));
  const failed = failures.map((what): Violation => ({ invariant: "I15", what }));
  return {
    ...report,
    violations: [...failed, ...report.violations],
    total: report.total + failed.length,
    historyFile,
    log: world.servers.map((server) => server.log()).join("\n"),
  };
}

/** @returns what could not be brought to its end */
async function fill(world: World, round: Round): Promise<string[]> {
  const { seed, faults, seconds, pauseMs = USUAL_PAUSE_MS, settleMs = USUAL_SETTLE_MS } = round;
  const random = createRandom(seed);
  const crowd = await settleCrowd(world, random.fork());
  const durationMs = seconds * 1_000;
  try {
    let over = false;
    const isOver = () => over;
    const living = liveUntil({ world, crowd, random: random.fork(), pauseMs, isOver });
    await Promise.all([sleep(durationMs), breakThings({ world, faults, random: random.fork(), durationMs })]);
    over = true;
    const failures: string[] = [];
    if (!(await within(living, settleMs))) failures.push("not everything that was begun was answered in the end");
    if (!(await within(tellAll(world, crowd), settleMs))) failures.push("not everybody caught up in the end");
    return failures;
  } finally {
    for (const device of [...crowd.devices, ...crowd.sdkDevices]) device.close();
  }
}

const within = (work: Promise<void>, ms: number): Promise<boolean> =>
  Promise.race([work.then(() => true), sleep(ms, false, { ref: false })]);

/** All come back once more, then the database and everybody tells what is there. */
async function tellAll(world: World, { meetings, devices, sdkDevices }: Crowd): Promise<void> {
  const { history, relays, postgres, straightWays } = world;
  for (const relay of relays) relay.cut();
  for (const relay of relays) relay.mend();
  await sleep(1_000);
  await Promise.all(sdkDevices.map((device) => device.untilCaughtUp()));
  await dumpDatabase(databaseOf(postgres.adminUrl, "parley"), history);
  const ofUser = (userId: string) => meetings.filter(({ userIds }) => userIds.includes(userId)).map(({ id }) => id);
  for (const device of sdkDevices) await device.tellViews(ofUser(device.userId));
  for (const device of devices) await device.tellViews(ofUser(device.userId));
  for (const userId of new Set(sdkDevices.map((device) => device.userId))) {
    await tellUnread(world, straightWays[0]?.url ?? "", userId, ofUser(userId));
  }
}

async function tellUnread({ history }: World, url: string, userId: string, ids: readonly string[]): Promise<void> {
  const request = { url, path: "/api/unread", method: "GET", token: await tokenOf(userId), timeoutMs: 10_000 };
  const { conversations } = (await call(request)).body as { conversations: Record<string, number> };
  for (const conversationId of ids) {
    history.write({ type: "unread", userId, conversationId, unread: conversations[conversationId] ?? 0 });
  }
}
