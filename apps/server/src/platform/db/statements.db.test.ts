import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../../tests/support/database.ts";
import type { Statement } from "./statement.ts";

const SERVER = fileURLToPath(new URL("../..", import.meta.url));

/** Every statement that a feature's store gives to others. */
async function collectStatements(): Promise<Statement<unknown>[]> {
  const files = readdirSync(`${SERVER}/features`, { recursive: true, encoding: "utf8" });
  const made: Statement<unknown>[] = [];
  for (const file of files.filter((name) => /(^|[\\/])(store|tell-digests)\.ts$/.test(name))) {
    const module: Record<string, unknown> = await import(`${SERVER}/features/${file}`);
    made.push(...Object.values(module).filter(isStatement));
  }
  return made;
}

const isStatement = (value: unknown): value is Statement<unknown> =>
  typeof value === "object" && value !== null && "name" in value && "text" in value;

describe("every statement", () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url, options: "-c search_path=parley" });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it("is understood by PostgreSQL, under a name of its own", async () => {
    const statements = await collectStatements();
    expect(statements.length).toBeGreaterThan(20);
    for (const { name, text } of statements) {
      await client.query("SET ROLE parley_writer");
      await client.query(`PREPARE "${name}" AS ${text}`).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`);
      });
    }
    const names = statements.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => Buffer.byteLength(name) > 63)).toEqual([]);
  });
});
