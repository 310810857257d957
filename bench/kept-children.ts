import type { ChildProcess } from "node:child_process";

const children = new Map<ChildProcess, NodeJS.Signals>();

/**
 * Sees to it that a process does not outlive us, however we end.
 * @param signal what it gets when it still runs at our end
 */
export function keepChild(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): void {
  if (children.size === 0) process.once("exit", endAll);
  children.set(child, signal);
  child.once("exit", () => children.delete(child));
}

function endAll(): void {
  for (const [child, signal] of children) child.kill(signal);
}

/** Asks a process to end and waits for it. */
export async function stopChild(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN_MS);
  await ended;
  clearTimeout(timer);
}

const STOPPED_WITHIN_MS = 10_000;
