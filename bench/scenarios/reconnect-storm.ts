import { setTimeout as sleep } from "node:timers/promises";
import type { Percentiles } from "../histogram.ts";
import { readCpu } from "../process-cpu.ts";
import type { Member, Returned } from "./crowd/messages.ts";
import { startCrowd } from "./crowd/start-crowd.ts";
import { startStayers } from "./crowd/stayers.ts";
import { startWorld, tokenFor, type World } from "./start-world.ts";

const CIRCLE = 50;
const CALM_SECONDS = 10;

export interface StormFigures {
  readonly people: number;
  readonly missedEach: number;
  /** From the first knock to the last one who has caught up. */
  readonly seconds: number;
  readonly returned: Returned;
  /** Seconds of CPU during the storm, with what the senders cost. */
  readonly cpu: { readonly server: number | null; readonly postgres: number | null };
  /** Acknowledgements of those who stayed, in milliseconds: before the storm and during it. */
  readonly sends: { readonly perSecond: number; readonly calm: Percentiles; readonly storm: Percentiles };
}

/**
 * Cuts many people off at once, lets them miss messages, and lets all of them come back at once; others stay and write all
 * the while. People take part in conversations of fifty.
 */
export async function run({ people = 5_000, missedEach = 50, perSecond = 200 } = {}): Promise<StormFigures> {
  const world = await startWorld();
  const crowd = startCrowd();
  const stayers = await startStayers(world, perSecond);
  try {
    const members = await makeCircles(world, people);
    const open = await crowd.connect(world.port, members);
    if (open !== people) throw new Error(`${open} of ${people} were connected.`);
    await sleep(3_000);
    const calm = await stayers.measure(sleep(CALM_SECONDS * 1_000));
    await crowd.cut();
    await missMessages(world, missedEach);
    await sleep(7_000);
    const before = readBoth(world);
    const began = performance.now();
    const return_ = crowd.comeBack(1 + missedEach);
    const storm = await stayers.measure(return_);
    const seconds = Math.round(performance.now() - began) / 1_000;
    const after = readBoth(world);
    const cpu = { server: spent(before.server, after.server), postgres: spent(before.postgres, after.postgres) };
    return { people, missedEach, seconds, returned: await return_, cpu, sends: { perSecond, calm, storm } };
  } finally {
    await stayers.stop();
    await crowd.stop();
    await world.stop();
  }
}

const readBoth = ({ serverPid, postgresPid }: World) => ({
  server: readCpu(serverPid),
  postgres: readCpu(postgresPid, true),
});

const spent = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : Math.round((after - before) / 1e4) / 100;

async function makeCircles(world: World, people: number): Promise<Member[]> {
  await world.sql(
    "INSERT INTO users (id, name) SELECT 'crowd-' || n, 'Person ' || n FROM generate_series(0, $1::int) n",
    [people],
  );
  const { rows } = await world.sql(
    `WITH made AS (
       INSERT INTO conversations (id, type) SELECT gen_random_uuid(), 'group' FROM generate_series(1, $1::int) RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () - 1 AS n FROM made)
     INSERT INTO participants (conversation_id, user_id, role, joined_version)
     SELECT id, 'crowd-' || (n * ${CIRCLE} + place), 'member', 1 FROM numbered, generate_series(0, ${CIRCLE - 1}) place
     RETURNING conversation_id, user_id`,
    [Math.ceil(people / CIRCLE)],
  );
  await world.sql("ANALYZE");
  return rows.slice(0, people).map(({ conversation_id, user_id }) => ({
    token: tokenFor(user_id as string),
    conversationId: conversation_id as string,
    version: 1,
  }));
}

/** As many messages in each circle, stored behind the server's back: sending them is measured elsewhere. */
async function missMessages(world: World, each: number): Promise<void> {
  await world.sql(
    `INSERT INTO messages (
       conversation_id, seq, id, version, sender_id, client_message_id, body_hash, kind, content, created_at)
     SELECT p.conversation_id, seq, gen_random_uuid(), seq + 1, p.user_id, gen_random_uuid()::text, 0, 'text',
       repeat('x', 100), now()
     FROM (SELECT conversation_id, min(user_id) AS user_id FROM participants WHERE user_id LIKE 'crowd-%' GROUP BY 1) p,
       generate_series(1, $1::int) seq`,
    [each],
  );
  await world.sql(
    `UPDATE conversations SET last_seq = $1::int, version = $1::int + 1
     WHERE id IN (SELECT conversation_id FROM participants WHERE user_id LIKE 'crowd-%')`,
    [each],
  );
}
