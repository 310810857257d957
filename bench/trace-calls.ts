import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepChild } from "./kept-children.ts";
import { findProgram } from "../scripts/find-programs.mjs";

/** How often each system call was made. */
export type Calls = Readonly<Record<string, number>>;

/**
 * Counts the system calls of processes with strace until `stop`, which takes most of their speed: nothing that is timed may
 * be measured meanwhile.
 * @returns from `stop`: null where strace is missing or may not look
 */
export function traceCalls(pids: readonly number[]): { stop(): Promise<Calls | null> } {
  const folder = mkdtempSync(join(tmpdir(), "parley-strace-"));
  const file = join(folder, "calls");
  const args = ["-c", "-f", "-U", "name,calls", "-o", file, ...pids.flatMap((pid) => ["-p", String(pid)])];
  const child = spawn(findProgram("strace") ?? "strace", args, { stdio: "ignore" });
  keepChild(child);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const stop = async () => {
    child.kill("SIGINT");
    await ended;
    try {
      return readCalls(readFileSync(file, "utf8"));
    } catch {
      return null;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { stop };
}

/** Lines of a name and a number. */
function readCalls(text: string): Calls | null {
  const rows = [...text.matchAll(/^\s*([a-z]\w+)\s+(\d+)\s*$/gm)].filter(([, name]) => name !== "total");
  return rows.length === 0 ? null : Object.fromEntries(rows.map(([, name = "", count]) => [name, Number(count)]));
}
