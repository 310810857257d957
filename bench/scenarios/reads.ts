import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { createDatabase } from "../../apps/server/src/platform/db/create-database.ts";
import type { Database } from "../../apps/server/src/platform/db/database.ts";
import { startEmbeddedPostgres } from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../apps/server/src/platform/db/migrate.ts";
import { explainCall } from "../../tests/support/explain-call.ts";
import { A_MILLION, type Filling, fillMessages } from "../../tests/support/fill-messages.ts";
import { type ReadCall, readCalls } from "../../tests/support/read-calls.ts";

const MIGRATIONS = fileURLToPath(new URL("../../apps/server/migrations", import.meta.url));
const WARM_UPS = 10;

export interface ReadFigures {
  readonly call: string;
  /** In PostgreSQL, all statements of the call together: milliseconds. */
  readonly database: { readonly least: number; readonly median: number };
  /** In the server, with the round trips: milliseconds. */
  readonly server: { readonly median: number; readonly p99: number };
  /** Pages of 8 KiB. */
  readonly buffers: number;
  readonly statements: number;
}

export interface ReadResults {
  readonly filling: Filling;
  readonly fillSeconds: number;
  readonly calls: readonly ReadFigures[];
}

/**
 * Reads of a person with a thousand conversations at a million messages, under the server's roles and policies. The calls
 * take turns, so that what disturbs the machine disturbs all of them.
 */
export async function run({ filling = A_MILLION, rounds = 50 } = {}): Promise<ReadResults> {
  const folder = mkdtempSync(join(tmpdir(), "parley-reads-"));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  try {
    await migrate(postgres.url, MIGRATIONS);
    const fillSeconds = await fill(postgres.adminUrl, filling);
    const db = createDatabase({ url: postgres.url, onError: () => {} });
    const calls = await measure(db, await readCalls(db, filling), rounds);
    await db.close();
    return { filling, fillSeconds, calls };
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(adminUrl: string, filling: Filling): Promise<number> {
  const admin = new pg.Client({ connectionString: adminUrl.replace(/\/postgres(?=\?|$)/, "/parley") });
  await admin.connect();
  const began = performance.now();
  await fillMessages((sql) => admin.query(sql), filling);
  await admin.end();
  return Math.round(performance.now() - began) / 1_000;
}

async function measure(db: Database, calls: readonly ReadCall[], rounds: number): Promise<ReadFigures[]> {
  const times = calls.map((call) => ({
    call,
    server: [] as number[],
    database: [] as number[],
    buffers: 0,
    statements: 0,
  }));
  for (let round = -WARM_UPS; round < rounds; round += 1) {
    for (const one of times) {
      const began = performance.now();
      await one.call.run(db);
      const server = performance.now() - began;
      const statements = await explainCall(db, one.call);
      if (round < 0) continue;
      one.server.push(server);
      one.database.push(statements.reduce((sum, { ms }) => sum + ms, 0));
      one.buffers = statements.reduce((sum, { buffers }) => sum + buffers, 0);
      one.statements = statements.length;
    }
  }
  return times.map(({ call, server, database, buffers, statements }) => ({
    call: call.name,
    database: { least: at(database, 0), median: at(database, 0.5) },
    server: { median: at(server, 0.5), p99: at(server, 0.99) },
    buffers,
    statements,
  }));
}

/** The value below which this share of them lies. */
function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 1_000) / 1_000;
}
