import { randomUUID } from "node:crypto";
import pg from "pg";
import type { BenchDatabase } from "../database.ts";
import { Histogram } from "../histogram.ts";
import { readCpu } from "../process-cpu.ts";
import type { Figures } from "../trial.ts";

const INSERT = `INSERT INTO bench.messages (
    conversation_id, seq, id, version, sender_id, client_message_id, body_hash, kind, content, created_at
  ) SELECT *, 0, 'text', repeat('x', 100), now()
    FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::text[])`;

/** Makes an empty table like that of the messages, with all its indexes. */
export async function prepareInsertFloor(database: BenchDatabase): Promise<void> {
  await database.run("CREATE SCHEMA bench AUTHORIZATION parley");
  await database.run("CREATE TABLE bench.messages (LIKE parley.messages INCLUDING ALL)");
  await database.run("ALTER TABLE bench.messages OWNER TO parley");
}

/** Inserts rows like messages as fast as one connection can, each statement flushed: nothing is checked, nothing told. */
export async function measureInserts(database: BenchDatabase, rows: number, seconds: number): Promise<Figures> {
  await database.run("TRUNCATE bench.messages");
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const conversations = Array.from({ length: 200 }, () => randomUUID());
  const histogram = new Histogram();
  const cpuBefore = readCpu(database.pid, true);
  const began = performance.now();
  let inserted = 0;
  while (performance.now() - began < seconds * 1_000) {
    const columns = makeColumns(conversations, inserted, rows);
    const at = performance.now();
    await client.query({ name: "floor", text: INSERT, values: columns });
    histogram.record(performance.now() - at);
    inserted += rows;
  }
  const tookSeconds = (performance.now() - began) / 1_000;
  const cpuAfter = readCpu(database.pid, true);
  await client.end();
  const { p50, p99 } = histogram.percentiles();
  const postgresCpu = cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / inserted;
  return { perSecond: inserted / tookSeconds, ackP50: p50, ackP99: p99, postgresCpu };
}

/** Ids begin with the running number, so that they grow like UUIDv7. */
function makeColumns(conversations: readonly string[], from: number, rows: number): unknown[][] {
  const places = Array.from({ length: rows }, (_, index) => from + index);
  const ids = places.map((place) => `${place.toString(16).padStart(8, "0")}${randomUUID().slice(8)}`);
  const seqs = places.map((place) => Math.floor(place / conversations.length) + 1);
  return [
    places.map((place) => conversations[place % conversations.length]),
    seqs,
    ids,
    seqs,
    places.map(() => "person-1"),
    ids,
  ];
}
