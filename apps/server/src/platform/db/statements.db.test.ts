import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../../tests/support/database.ts";
import { statementsGivenToReadAs } from "../../../../../tests/support/statements-given-to-read-as.ts";
import { REPLICA_STATEMENTS } from "./replica-statements.ts";
import type { Statement } from "./statement.ts";

/** What the primary answers: one thing each, not worth asking two servers. */
const LOOK_UPS: ReadonlySet<string> = new Set([
  "find_conversation",
  "find_own_membership",
  "find_own_send",
  "list_participants",
  "read_message_for_change",
  "read_preferences",
]);

const FEATURES = fileURLToPath(new URL("../../features", import.meta.url));

describe("every statement of the features", () => {
  let database: TestDatabase;
  let client: pg.Client;
  const made: Statement<unknown>[] = [];
  beforeAll(async () => {
    // The features anew, whoever has loaded them in this process before.
    vi.resetModules();
    vi.doMock("./statement.ts", () => ({
      statement: (name: string, text: string) => {
        made.push({ name, text });
        return { name, text };
      },
    }));
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url, options: "-c search_path=parley" });
    await client.connect();
    const files = readdirSync(FEATURES, { recursive: true, encoding: "utf8" });
    for (const file of files.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))) {
      await import(`${FEATURES}/${file}`);
    }
  });
  afterAll(async () => {
    vi.doUnmock("./statement.ts");
    vi.resetModules();
    await client.end();
    await database.drop();
  });

  it("is understood by PostgreSQL", async () => {
    expect(made.length).toBeGreaterThan(40);
    for (const { name, text } of made) {
      await client.query(`PREPARE "${name}" AS ${text}`).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`);
      });
    }
  });

  it("has a name of its own, short enough to stay whole", () => {
    const names = made.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => Buffer.byteLength(name) > 63)).toEqual([]);
  });

  it("has its place where it reads for a person: with a replica, unless it looks up one thing", () => {
    const large = statementsGivenToReadAs().filter((name) => !LOOK_UPS.has(name));
    expect([...REPLICA_STATEMENTS].sort()).toEqual(large);
    expect(made.map(({ name }) => name)).toEqual(expect.arrayContaining([...LOOK_UPS]));
  });
});
