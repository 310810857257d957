import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { databaseUrl } from "../../../../../tests/support/database.ts";
import { migrate } from "./migrate.ts";

const NAME = `migrate_${process.pid}`;

describe("migrate", () => {
  let folder: string;
  const url = databaseUrl(inject("parleyUrl"), NAME);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "parley-migrations-"));
    await query(inject("adminUrl"), `CREATE DATABASE ${NAME} OWNER parley`);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await query(inject("adminUrl"), `DROP DATABASE ${NAME} WITH (FORCE)`);
  });

  const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql);

  it("runs the files in order, once", async () => {
    write("0002_add-column.sql", "ALTER TABLE thing ADD COLUMN name text;");
    write("0001_make-table.sql", "CREATE TABLE thing (id int); INSERT INTO thing VALUES (1);");
    expect(await migrate(url, folder)).toEqual({ applied: ["0001_make-table.sql", "0002_add-column.sql"] });
    expect(await migrate(url, folder)).toEqual({ applied: [] });
    expect(await query(url, "SELECT * FROM thing")).toEqual([{ id: 1, name: null }]);
    write("0003_fill.sql", "UPDATE thing SET name = 'x';");
    expect(await migrate(url, folder)).toEqual({ applied: ["0003_fill.sql"] });
  });

  it("lets one of several racing processes work", async () => {
    write("0001_make-table.sql", "CREATE TABLE thing (id int); SELECT pg_sleep(0.2); INSERT INTO thing VALUES (1);");
    const results = await Promise.all(Array.from({ length: 5 }, () => migrate(url, folder)));
    expect(results.flatMap(({ applied }) => applied)).toEqual(["0001_make-table.sql"]);
    expect(await query(url, "SELECT * FROM thing")).toEqual([{ id: 1 }]);
  });

  it("leaves nothing of a failing file behind", async () => {
    write("0001_make-table.sql", "CREATE TABLE thing (id int);");
    write("0002_fail.sql", "INSERT INTO thing VALUES (7); SELECT 1/0;");
    await expect(migrate(url, folder)).rejects.toThrow(
      /0002_fail\.sql failed and left nothing behind: division by zero/,
    );
    expect(await query(url, "SELECT * FROM thing")).toEqual([]);
    write("0002_fail.sql", "INSERT INTO thing VALUES (8);");
    expect(await migrate(url, folder)).toEqual({ applied: ["0002_fail.sql"] });
  });

  it("refuses a file that was changed after it had run, but not other line endings", async () => {
    write("0001_make-table.sql", "CREATE TABLE thing (\n id int);");
    await migrate(url, folder);
    write("0001_make-table.sql", "CREATE TABLE thing (\r\n id int);");
    await migrate(url, folder);
    write("0001_make-table.sql", "CREATE TABLE thing (id bigint);");
    await expect(migrate(url, folder)).rejects.toThrow("was changed after it had run");
  });

  it("refuses a database that is newer, and a file that comes too late", async () => {
    write("0001_first.sql", "SELECT 1;");
    write("0003_third.sql", "SELECT 1;");
    await migrate(url, folder);
    write("0002_second.sql", "SELECT 1;");
    await expect(migrate(url, folder)).rejects.toThrow("0002_second.sql comes before 0003_third.sql");
    rmSync(join(folder, "0002_second.sql"));
    rmSync(join(folder, "0003_third.sql"));
    await expect(migrate(url, folder)).rejects.toThrow("0003_third.sql, which this version does not have");
  });

  it("refuses names without a number of their own", async () => {
    write("first.sql", "SELECT 1;");
    await expect(migrate(url, folder)).rejects.toThrow("must be named like");
    rmSync(join(folder, "first.sql"));
    write("0001_a.sql", "SELECT 1;");
    write("0001_b.sql", "SELECT 1;");
    await expect(migrate(url, folder)).rejects.toThrow("have the same number");
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
