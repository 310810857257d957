import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeLock } from "./take-lock.ts";

describe("takeLock", () => {
  let home: string;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), "parley-lock-")));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it("refuses a second holder and names the first, until it lets go", async () => {
    const first = await takeLock(home);
    await expect(takeLock(home)).rejects.toThrow(`Another Parley process (pid ${process.pid}) is already using`);
    await first.release();
    await (await takeLock(home)).release();
    expect(readdirSync(home)).toEqual([]);
  });

  it("holds in a folder deeper than a socket's path may be", async () => {
    const deep = join(home, "d".repeat(120));
    mkdirSync(deep);
    const first = await takeLock(deep);
    expect(readdirSync(deep)).toEqual(["parley.lock"]);
    await expect(takeLock(deep)).rejects.toThrow("is already using");
    await first.release();
    expect(readdirSync(deep)).toEqual([]);
  });

  it("is free again when its holder is killed, and then for one of several only", async () => {
    const holder = await holdInChild(home);
    await expect(takeLock(home)).rejects.toThrow(`(pid ${holder.pid})`);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect(readdirSync(home)).toEqual(["parley.lock"]);
    const results = await Promise.allSettled([takeLock(home), takeLock(home), takeLock(home)]);
    const winners = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(winners).toHaveLength(1);
    await winners[0]?.release();
    expect(readdirSync(home)).toEqual([]);
  });
});

async function holdInChild(home: string) {
  const module = JSON.stringify(new URL("./take-lock.ts", import.meta.url).href);
  const code = `const { takeLock } = await import(${module}); await takeLock(${JSON.stringify(home)}); console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}
