import { createServer } from "node:net";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BaseCluster, makeBaseCluster } from "../../../../../../tests/support/base-cluster.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./start-embedded-postgres.ts";

describe("startEmbeddedPostgres", () => {
  let dataDir: string;
  const running: EmbeddedPostgres[] = [];
  let base: BaseCluster;
  beforeAll(async () => {
    base = await makeBaseCluster();
  });
  afterAll(() => base.remove());
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), "parley-embedded-"));
    base.copyTo(dataDir);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
    rmSync(dataDir, { recursive: true });
  });

  async function start(folder = dataDir): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ dataDir: folder });
    running.push(postgres);
    return postgres;
  }

  it("makes a durable, checked UTF-8 cluster that only we can enter", async () => {
    const { url, adminUrl, host } = await start();
    const [settings] = await query(
      adminUrl,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              current_setting('data_checksums') AS checksums, current_setting('listen_addresses') AS addresses,
              current_setting('password_encryption') AS passwords, current_setting('server_encoding') AS encoding,
              (SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'parley') AS locale`,
    );
    expect(settings).toEqual({
      fsync: "on",
      commit: "on",
      checksums: "on",
      addresses: process.platform === "win32" ? "127.0.0.1" : "",
      passwords: "scram-sha-256",
      encoding: "UTF8",
      locale: "bC.UTF-8",
    });
    const methods = await query(adminUrl, "SELECT DISTINCT auth_method FROM pg_hba_file_rules");
    expect(methods).toEqual([{ auth_method: "scram-sha-256" }]);
    await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow(
      "password authentication failed",
    );
    if (process.platform === "win32") return;
    const modes = [join(dataDir, "postgres", "secret.json"), join(dataDir, "postgres", "cluster"), host].map(modeOf);
    expect(modes).toEqual([0o600, 0o700, 0o700]);
  });

  it("gives a role that owns its database and may make roles, and is no superuser", async () => {
    const { url } = await start();
    const [role] = await query(
      url,
      `SELECT current_user AS name, rolsuper, rolcreaterole, rolcreatedb,
              (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()) AS owner
       FROM pg_roles WHERE rolname = current_user`,
    );
    expect(role).toEqual({ name: "parley", rolsuper: false, rolcreaterole: true, rolcreatedb: false, owner: "parley" });
    await query(url, "CREATE ROLE parley_reader NOLOGIN; GRANT parley_reader TO parley; SET ROLE parley_reader");
  });

  it("keeps the data over a stop, and stops cleanly", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");
    await first.stop();
    await first.stop();
    expect(existsSync(join(dataDir, "postgres", "cluster", "postmaster.pid"))).toBe(false);
    expect(readFileSync(join(dataDir, "postgres", "postgres.log"), "utf8")).toContain("database system is shut down");
    const second = await start();
    expect(await query(second.url, "SELECT * FROM kept")).toEqual([{ id: 1 }]);
    expect(readFileSync(join(dataDir, "postgres", "postgres.log"), "utf8")).not.toContain("not properly shut down");
  });

  it("refuses a second process on the same folder, and leaves the first alone", async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/Another Parley process \(pid \d+\) is already using .* another DATA_DIR/);
    expect(await query(first.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("finds a shorter place for its socket when the folder is deep", async () => {
    const deep = join(dataDir, "d".repeat(60), "e".repeat(60));
    mkdirSync(deep, { recursive: true });
    chmodSync(dataDir, 0o755);
    base.copyTo(deep);
    const postgres = await start(deep);
    expect(await query(postgres.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(existsSync(postgres.host)).toBe(process.platform === "win32" ? false : postgres.host.startsWith(deep));
  });

  it("clears away what a dead server left, even when its number belongs to another process now", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept (id int)");
    await first.stop();
    const file = join(dataDir, "postgres", "cluster", "postmaster.pid");
    const left = (pid: number) =>
      `${pid}\n${join(dataDir, "postgres", "cluster")}\n1\n5432\n${first.host}\n\n  1 1\nready\n`;
    for (const pid of [999_999_999, process.pid]) {
      writeFileSync(file, left(pid));
      const next = await start();
      expect(next.adopted).toBe(false);
      expect(await query(next.url, "SELECT * FROM kept")).toEqual([]);
      await next.stop();
    }
  });

  it("brings the server up again when it is killed", async () => {
    const postgres = await start();
    const { pid } = postgres;
    await query(postgres.url, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");
    process.kill(pid, "SIGQUIT");
    await expect
      .poll(() => query(postgres.url, "SELECT * FROM kept").catch(() => null), { timeout: 20_000 })
      .toEqual([{ id: 1 }]);
    await expect.poll(() => postgres.pid).not.toBe(pid);
  });

  it("says what is wrong with a cluster of another version or without its passwords", async () => {
    const home = join(dataDir, "postgres");
    const secret = readFileSync(join(home, "secret.json"));
    rmSync(join(home, "secret.json"));
    await expect(start()).rejects.toThrow("its passwords");
    writeFileSync(join(home, "secret.json"), secret);
    writeFileSync(join(home, "cluster", "PG_VERSION"), "17\n");
    await expect(start()).rejects.toThrow("was made by PostgreSQL 17");
    expect(readdirSync(home)).not.toContain("parley.lock");
  });

  it("begins anew after a start that was killed in the middle of creating the cluster", async () => {
    const home = join(dataDir, "postgres");
    rmSync(home, { recursive: true });
    mkdirSync(join(home, "cluster.half", "base"), { recursive: true });
    chmodSync(home, 0o711);
    writeFileSync(join(home, "password.half"), "old");
    const postgres = await start();
    expect(await query(postgres.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(readdirSync(home).filter((name) => name.endsWith(".half"))).toEqual([]);
  });

  it("ends with the log's words when PostgreSQL does not come up", async () => {
    writeFileSync(join(dataDir, "postgres", "cluster", "postgresql.conf"), "no_such_setting = 1\n");
    await expect(start()).rejects.toThrow(/did not start[\s\S]*no_such_setting/);
  });

  it("is not led astray by PostgreSQL's environment variables or a busy port 5432", async () => {
    const busy = createServer()
      .listen(5432, "127.0.0.1")
      .on("error", () => {});
    await Promise.race([once(busy, "listening"), sleep(200)]);
    process.env.PGDATA = "/nowhere";
    process.env.PGPORT = "1";
    process.env.PGSSLMODE = "require";
    try {
      expect(await query((await start()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    } finally {
      for (const name of ["PGDATA", "PGPORT", "PGSSLMODE"]) delete process.env[name];
      busy.close();
    }
  });
});

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
