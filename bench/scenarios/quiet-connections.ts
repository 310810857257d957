import { setTimeout as sleep } from "node:timers/promises";
import { readCpu } from "../process-cpu.ts";
import type { Member } from "./crowd/messages.ts";
import { startCrowd } from "./crowd/start-crowd.ts";
import { type Memory, startWorld, tokenFor, type World } from "./start-world.ts";

/** Admission, presence and the digest after connecting are over. */
const SETTLE_MS = 3_000;

export interface QuietFigures {
  readonly connections: number;
  /** Bytes a connection, after a garbage collection, more than without connections. */
  readonly rssEach: number;
  readonly heapEach: number;
  /** µs of the server's CPU a connection and second: heartbeats and digests. */
  readonly cpuEach: number | null;
}

/** Real connections of as many people, each of whom takes part in one conversation of two; nobody writes. */
export async function run({ steps = [1_000, 5_000, 10_000], quietSeconds = 50 } = {}): Promise<QuietFigures[]> {
  const world = await startWorld();
  const crowd = startCrowd();
  try {
    const members = await makePairs(world, Math.max(...steps));
    // The first few load code and fill caches: what they cost is not a connection's.
    await crowd.connect(world.port, members.splice(0, 200));
    await sleep(SETTLE_MS);
    const base = await world.memory();
    const figures: QuietFigures[] = [];
    let open = 0;
    for (const step of steps) {
      await crowd.connect(world.port, members.splice(0, step - open));
      open = step;
      await sleep(SETTLE_MS);
      const cpuEach = await measureCpu(world, step, quietSeconds);
      figures.push({ connections: step, ...each(await world.memory(), base, step), cpuEach });
    }
    return figures;
  } finally {
    await crowd.stop();
    await world.stop();
  }
}

const each = (now: Memory, base: Memory, connections: number) => ({
  rssEach: Math.round((now.rss - base.rss) / connections),
  heapEach: Math.round((now.heap + now.external - base.heap - base.external) / connections),
});

async function measureCpu({ serverPid }: World, connections: number, seconds: number): Promise<number | null> {
  const before = readCpu(serverPid);
  await sleep(seconds * 1_000);
  const after = readCpu(serverPid);
  return before === null || after === null ? null : Math.round(((after - before) / seconds / connections) * 10) / 10;
}

/** People in pairs, with a few to spare for warming up. */
export async function makePairs(world: World, people: number): Promise<Member[]> {
  const pairs = Math.ceil((people + 200) / 2);
  await world.sql(
    "INSERT INTO users (id, name) SELECT 'quiet-' || n, 'Person ' || n FROM generate_series(1, $1::int) n",
    [pairs * 2],
  );
  const { rows } = await world.sql(
    `WITH made AS (
       INSERT INTO conversations (id, type) SELECT gen_random_uuid(), 'group' FROM generate_series(1, $1::int) RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () AS n FROM made)
     INSERT INTO participants (conversation_id, user_id, role, joined_version)
     SELECT id, 'quiet-' || (2 * n - side), 'member', 1 FROM numbered, generate_series(0, 1) side
     RETURNING conversation_id, user_id`,
    [pairs],
  );
  return rows.map(({ conversation_id, user_id }) => ({
    token: tokenFor(user_id as string),
    conversationId: conversation_id as string,
    version: 1,
  }));
}
