import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { migrate } from "../apps/server/src/platform/db/migrate.ts";
import { startPostgres } from "./start-postgres.ts";

const MIGRATIONS = fileURLToPath(new URL("../apps/server/migrations", import.meta.url));
/** In each of the conversations that lie there already. */
const STORED_EACH = 10;

export interface BenchDatabase {
  /** Of the owner. */
  readonly url: string;
  readonly pid: number;
  readonly folder: string;
  /** As the superuser. */
  run(sql: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own in a temporary folder, migrated, that holds as many messages as wanted for both schemas. */
export async function startDatabase(storedMessages: number): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const postgres = await startPostgres(folder);
  await migrate(postgres.url, MIGRATIONS);
  const admin = new pg.Client({ connectionString: postgres.adminUrl.replace(/\/postgres(?=\?|$)/, "/parley") });
  // It ends while we end, whatever had to be broken off.
  admin.on("error", () => {});
  await admin.connect();
  const conversations = Math.ceil(storedMessages / STORED_EACH);
  await admin.query(NAIVE_SCHEMA);
  for (const statement of FILL_OURS) await admin.query(statement.replaceAll("$1", String(conversations)));
  for (const statement of FILL_NAIVE) await admin.query(statement.replaceAll("$1", String(conversations)));
  await admin.query("VACUUM ANALYZE");
  await admin.query("CHECKPOINT");
  return {
    url: postgres.url,
    pid: postgres.pid,
    folder,
    run: (sql, values = []) => admin.query(sql, [...values]),
    stop: async () => {
      await admin.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const NAIVE_SCHEMA = `
  CREATE SCHEMA naive AUTHORIZATION parley;
  SET ROLE parley;
  SET search_path = naive;
  CREATE TABLE conversations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), last_message_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE participants (
    conversation_id uuid NOT NULL REFERENCES conversations, user_id text NOT NULL,
    last_read_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (conversation_id, user_id)
  );
  CREATE TABLE messages (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), conversation_id uuid NOT NULL REFERENCES conversations,
    sender_id text NOT NULL, content text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX ON messages (conversation_id, created_at);
  CREATE INDEX ON participants (user_id);
  RESET search_path;
  RESET ROLE`;

const FILL_OURS = [
  "INSERT INTO parley.users (id, name) SELECT 'old-' || n, 'Old ' || n FROM generate_series(1, 1000) n",
  `INSERT INTO parley.conversations (id, type, last_seq, version)
   SELECT gen_random_uuid(), 'group', ${STORED_EACH}, ${STORED_EACH + 1} FROM generate_series(1, $1)`,
  `INSERT INTO parley.participants (conversation_id, user_id, role, joined_version)
   SELECT c.id, 'old-' || (1 + (hashtext(c.id::text) & 511) + side * 400), 'member', 1
   FROM parley.conversations c, generate_series(0, 1) side ON CONFLICT DO NOTHING`,
  `INSERT INTO parley.messages (
     conversation_id, seq, id, version, sender_id, client_message_id, body_hash, kind, content, created_at
   )
   SELECT c.id, n, gen_random_uuid(), n + 1, 'old-1', gen_random_uuid()::text, 0, 'text', repeat('x', 100), now()
   FROM parley.conversations c, generate_series(1, ${STORED_EACH}) n`,
];

const FILL_NAIVE = [
  "INSERT INTO naive.conversations (id) SELECT gen_random_uuid() FROM generate_series(1, $1)",
  `INSERT INTO naive.participants (conversation_id, user_id)
   SELECT c.id, 'old-' || side FROM naive.conversations c, generate_series(0, 1) side`,
  `INSERT INTO naive.messages (conversation_id, sender_id, content)
   SELECT c.id, 'old-1', repeat('x', 100) FROM naive.conversations c, generate_series(1, ${STORED_EACH}) n`,
];
