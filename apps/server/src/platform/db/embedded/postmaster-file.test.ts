import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive, isPostmasterOf, readPostmaster } from "./postmaster-file.ts";

describe("postmaster.pid", () => {
  let cluster: string;
  beforeEach(() => {
    cluster = mkdtempSync(join(tmpdir(), "parley-pid-"));
  });
  afterEach(() => rmSync(cluster, { recursive: true }));

  const left = (...lines: string[]) => writeFileSync(join(cluster, "postmaster.pid"), lines.join("\n"));

  it("tells process, port and socket folder", () => {
    left("4711", cluster, "1700000000", "5432", "/run/socket", "", "  5432001  32768", "ready   ", "");
    expect(readPostmaster(cluster)).toEqual({ pid: 4711, port: 5432, host: "/run/socket" });
    left("4711", cluster, "1700000000", "50123", "", "127.0.0.1", "", "ready   ", "");
    expect(readPostmaster(cluster)).toEqual({ pid: 4711, port: 50_123, host: "127.0.0.1" });
  });

  it.each([[[]], [[""]], [["rubbish", "x"]]])("is nothing when it holds %j", (lines) => {
    left(...lines);
    expect(readPostmaster(cluster)).toBeNull();
    rmSync(join(cluster, "postmaster.pid"));
    expect(readPostmaster(cluster)).toBeNull();
  });

  it.runIf(process.platform === "linux")(
    "does not mistake another process for PostgreSQL, nor a dead one for a living",
    async () => {
      expect(isPostmasterOf(cluster, process.pid)).toBe(false);
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", cluster]);
      await once(child, "spawn");
      await expect.poll(() => isPostmasterOf(cluster, child.pid ?? 0)).toBe(true);
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(isPostmasterOf(cluster, child.pid ?? 0)).toBe(false);
      expect(isAlive(999_999_999)).toBe(false);
    },
  );
});
