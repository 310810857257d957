import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** The migrated database that every test database is a copy of. */
export const TEMPLATE = "parley_template";

export interface TestDatabase {
  /** For the role `parley`, which owns the database. */
  readonly url: string;
  /** The superuser on the same database, to look behind the server's back. */
  readonly adminUrl: string;
  /** Cuts its connections and removes it. */
  drop(): Promise<void>;
}

/** Makes a database of its own for a test file, with all migrations applied. Takes some tens of milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER parley`);
  return {
    url: databaseUrl(inject("parleyUrl"), name),
    adminUrl: databaseUrl(inject("adminUrl"), name),
    drop: () => asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The same server and user, another database. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("adminUrl") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
