import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** Any number that nobody else uses for advisory locks in this database. */
const LOCK_KEY = 7_270_651_539;
const OLDEST_SERVER = 150_000;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/**
 * Runs the numbered SQL files that the database has not seen yet, in their order, each in one transaction. Forward only. Several
 * processes may call it at once: one works, the others wait and find nothing to do.
 * @param url of the database's owner
 * @param folder that holds `0001_some-name.sql` and so on
 * @returns the names of the files that were run now
 * @throws Error when a file fails (nothing of it stays), was changed after it had run, or is missing
 */
export async function migrate(url: string, folder: string): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder);
  const client = new pg.Client({ connectionString: url });
  // A connection that breaks fails the statement under way; without a listener it would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    await requireVersion(client);
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    // A schema of our own: the database may be the host's, with tables of the same names.
    await client.query("CREATE SCHEMA IF NOT EXISTS parley; SET search_path = parley");
    const pending = await findPending(client, migrations);
    for (const migration of pending) await run(client, migration);
    return { applied: pending.map(({ name }) => name) };
  } finally {
    // Closing the connection gives the lock back.
    await client.end().catch(() => {});
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  names.forEach((name, index) => {
    if (!/^\d{4}_[a-z0-9-]+\.sql$/.test(name)) {
      throw new Error(`The migration ${name} must be named like 0001_what-it-does.sql.`);
    }
    if (name.slice(0, 4) === names[index - 1]?.slice(0, 4)) {
      throw new Error(`The migrations ${names[index - 1]} and ${name} have the same number.`);
    }
  });
  return names.map((name) => {
    const sql = readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>("SHOW server_version_num");
  const version = Number(rows[0]?.server_version_num);
  if (version >= OLDEST_SERVER) return;
  throw new Error(
    `Parley needs PostgreSQL 15 or newer; the server of DATABASE_URL is version ${Math.floor(version / 10_000)}.`,
  );
}

async function findPending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS schema_migrations (
       name text PRIMARY KEY,
       checksum text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    "SELECT name, checksum FROM schema_migrations ORDER BY name",
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const { name, checksum } of rows) requireUnchanged(name, checksum, known.get(name));
  const newest = rows.at(-1)?.name ?? "";
  const pending = migrations.filter(({ name }) => !rows.some((row) => row.name === name));
  const late = pending.find(({ name }) => name < newest);
  if (late !== undefined) {
    throw new Error(
      `The migration ${late.name} comes before ${newest}, which has already run. Give it a higher number.`,
    );
  }
  return pending;
}

function requireUnchanged(name: string, applied: string, present: string | undefined): void {
  if (present === undefined) {
    throw new Error(
      `The database has seen the migration ${name}, which this version does not have. Run a newer Parley.`,
    );
  }
  if (present !== applied) {
    throw new Error(
      `The migration ${name} was changed after it had run. Restore the file, and put the change into a new one.`,
    );
  }
}

async function run(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query("INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)", [name, checksum]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new Error(`The migration ${name} failed and left nothing behind: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
