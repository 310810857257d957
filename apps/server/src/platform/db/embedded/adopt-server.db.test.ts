import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BaseCluster, makeBaseCluster } from "../../../../../../tests/support/base-cluster.ts";
import { locateBinaries } from "./locate-binaries.ts";
import { isAlive } from "./postmaster-file.ts";
import { startEmbeddedPostgres } from "./start-embedded-postgres.ts";

/** Starts a server in a process of its own, so that this process can be killed without a farewell. */
async function startInChild(dataDir: string): Promise<{ child: ChildProcess; pid: number }> {
  const module = JSON.stringify(new URL("./start-embedded-postgres.ts", import.meta.url).href);
  const code = `const { startEmbeddedPostgres } = await import(${module});
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    process.once("SIGTERM", async () => { await postgres.stop(); process.exit(0); });
    console.log(postgres.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, pid: Number(line.toString()) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, "exit");
}

describe("a server that a process leaves behind", () => {
  let dataDir: string;
  let base: BaseCluster;
  beforeAll(async () => {
    base = await makeBaseCluster();
  });
  afterAll(() => base.remove());
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), "parley-adopt-"));
    base.copyTo(dataDir);
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it("is stopped when the process is told to stop", async () => {
    const { child, pid } = await startInChild(dataDir);
    await end(child, "SIGTERM");
    expect(isAlive(pid)).toBe(false);
  });

  it("is taken over after a SIGKILL, and can be stopped then", async () => {
    const { child, pid } = await startInChild(dataDir);
    await end(child, "SIGKILL");
    expect(isAlive(pid)).toBe(true);
    const postgres = await startEmbeddedPostgres({ dataDir });
    expect(postgres).toMatchObject({ adopted: true, pid });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await client.end();
    await postgres.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it("is replaced when it does not know our password", async () => {
    const { child, pid } = await startInChild(dataDir);
    await end(child, "SIGKILL");
    const file = join(dataDir, "postgres", "secret.json");
    const secret = readFileSync(file, "utf8");
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(secret) as object), admin: "another" }));
    // The new server does not know it either: what counts is that the old one is gone and nothing runs afterwards.
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow("did not start");
    expect(isAlive(pid)).toBe(false);
    writeFileSync(file, secret);
    const postgres = await startEmbeddedPostgres({ dataDir });
    expect(postgres.adopted).toBe(false);
    await postgres.stop();
  });

  it("is replaced when it runs another copy of the program", async () => {
    const { child, pid } = await startInChild(dataDir);
    await end(child, "SIGKILL");
    const native = locateBinaries();
    const copy = join(dataDir, "installed-again");
    chmodSync(dataDir, 0o755);
    cpSync(dirname(native), copy, { recursive: true, verbatimSymlinks: true });
    const postgres = await startEmbeddedPostgres({ dataDir, native: join(copy, "native") });
    expect(postgres.adopted).toBe(false);
    expect(postgres.pid).not.toBe(pid);
    expect(isAlive(pid)).toBe(false);
    await postgres.stop();
  });
});
