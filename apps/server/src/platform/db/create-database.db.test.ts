import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../../../../tests/support/database.ts";
import { createDatabase } from "./create-database.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

const settings = statement<{ role: string; actor: string | null; durable: string; path: string; zone: string }>(
  "test_settings",
  `SELECT current_user AS role, actor(), current_setting('synchronous_commit') AS durable,
     current_setting('search_path') AS path, current_setting('TimeZone') AS zone`,
);
const fail = statement<object>("test_fail", "SELECT 1 / $1::int");
const sleep = statement<object>("test_sleep", "SELECT pg_sleep($1)");
const insertUser = statement<object>("test_insert", "INSERT INTO users (id) VALUES ($1)");
const findUser = statement<{ id: string }>("test_find", "SELECT id FROM users WHERE id = $1");
const values = statement<{ big: number; at: string; many: number }>(
  "test_values",
  "SELECT 9007199254740991::bigint AS big, '2026-11-21 10:30:00.12+01'::timestamptz AS at, count(*) AS many FROM users",
);

describe("the database", () => {
  let database: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    database = await createTestDatabase();
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    // Whatever the database's own default is.
    const name = new URL(database.url).pathname.slice(1);
    await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    await admin.query(`ALTER ROLE parley IN DATABASE ${name} SET synchronous_commit = off`);
    await admin.end();
    db = createDatabase({ url: database.url, onError: () => {} });
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  it("works under the right role, flushed, in its own schema, on every connection of every pool", async () => {
    const common = { durable: "on", path: "parley", zone: "UTC" };
    const writer = { role: "parley_writer", actor: null, ...common };
    const thrice = (run: () => Promise<unknown[]>) =>
      Promise.all(Array.from({ length: 12 }, run)).then((all) => all.flat());
    expect(new Set((await thrice(() => db.query(settings, []))).map((row) => JSON.stringify(row)))).toEqual(
      new Set([JSON.stringify(writer)]),
    );
    for (const row of await thrice(() => db.append(settings, []))) expect(row).toEqual(writer);
    for (const row of await thrice(() => db.transaction((tx) => tx.query(settings, [])))) expect(row).toEqual(writer);
    for (const row of await thrice(() => db.readAs("ana", settings, []))) {
      expect(row).toEqual({ ...writer, role: "parley_reader", actor: "ana" });
    }
  });

  it("sets each reader's own actor, however many share the connections, and also after a failure", async () => {
    const read = async (n: number) => {
      if (n % 7 === 0) await db.readAs(`user ${n}`, fail, [0]).catch(() => undefined);
      const [row] = await db.readAs(`user ${n}`, settings, []);
      return row?.actor === `user ${n}`;
    };
    const results = await Promise.all(Array.from({ length: 300 }, (_, n) => read(n)));
    expect(results.every(Boolean)).toBe(true);
    expect(await db.readAs(`O'Neill"; --\\`, settings, [])).toMatchObject([{ actor: `O'Neill"; --\\` }]);
  });

  it("undoes a transaction whose work fails, and keeps one that ends well", async () => {
    const failing = db.transaction(async (tx) => {
      await tx.query(insertUser, ["half"]);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await expect(
      db.transaction(async (tx) => {
        await tx.query(insertUser, ["half"]);
        await tx.query(fail, [0]);
      }),
    ).rejects.toThrow("division by zero");
    await db.transaction((tx) => tx.query(insertUser, ["whole"]));
    expect(await db.query(findUser, ["half"])).toEqual([]);
    expect(await db.query(findUser, ["whole"])).toEqual([{ id: "whole" }]);
  });

  it("gives numbers for bigints and ISO 8601 for times", async () => {
    const [row] = await db.query(values, []);
    expect(row).toEqual({ big: 9007199254740991, at: "2026-11-21T09:30:00.120Z", many: expect.any(Number) });
  });

  it("says busy or unavailable, not what PostgreSQL said, when it is about the moment", async () => {
    const few = createDatabase({ url: database.url, onError: () => {} });
    const slow = Array.from({ length: 8 }, () => few.query(sleep, [0.3]));
    const waiting = Array.from({ length: 2_000 }, () => few.query(findUser, ["x"]));
    await expect(few.query(findUser, ["x"])).rejects.toMatchObject({ code: "overloaded" });
    await Promise.all([...slow, ...waiting]);
    await few.close();
    const url = new URL(database.url);
    url.searchParams.set("host", "/nowhere");
    const nowhere = createDatabase({ url: url.href, onError: () => {} });
    await expect(nowhere.ping()).rejects.toMatchObject({ code: "unavailable" });
    await nowhere.close();
  });

  it("goes on after its connections were cut", async () => {
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    const running = db.query(sleep, [5]).catch((error: unknown) => error);
    await admin.query("SELECT pg_sleep(0.2)");
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await admin.end();
    expect(await running).toMatchObject({ code: "unavailable" });
    // An idle connection may be lent once more before its end has been noticed; that call may be made again.
    await vi.waitFor(async () => expect(await db.query(findUser, ["whole"])).toEqual([{ id: "whole" }]));
    await vi.waitFor(async () => expect(await db.readAs("ana", settings, [])).toMatchObject([{ actor: "ana" }]));
  });
});
