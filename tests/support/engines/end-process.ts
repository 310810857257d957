import type { ChildProcess } from "node:child_process";

/** Resolves when the process has ended; it is told to, and after a while made to. */
export async function endProcess(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = new Promise((resolve) => process.once("exit", resolve));
  process.kill("SIGTERM");
  const timer = setTimeout(() => process.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(timer);
}
