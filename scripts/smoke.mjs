// Starts Parley as a stranger would, waits until it says that it is ready, stops it, and does the same once more: the second
// start finds the first one's data. Ends with 1 when any of it does not happen. Uses PORT 3999 and a temporary DATA_DIR.
import "./require-node.mjs";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./run-program.mjs";

const FIRST_START_MS = 10 * 60_000;
const SECOND_START_MS = 30_000;
const address = "http://127.0.0.1:3999";
const dataDir = mkdtempSync(join(tmpdir(), "parley-smoke-"));

try {
  await startAndStop(FIRST_START_MS);
  await startAndStop(SECOND_START_MS);
} finally {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}

async function startAndStop(withinMs) {
  const began = Date.now();
  const env = { ...process.env, PORT: "3999", DATA_DIR: dataDir };
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs")], { cwd: root, env, stdio: "inherit" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    await untilReady(child, began + withinMs);
    console.log(`ready after ${Date.now() - began} ms`);
  } finally {
    stop(child);
  }
  const code = await ended;
  if (code !== 0 && process.platform !== "win32") throw new Error(`It ended with ${code}.`);
}

/** Windows knows no signals: there it is killed with its children, and the next start has to cope. */
function stop(child) {
  if (process.platform === "win32") spawnSync("taskkill", ["/T", "/F", "/PID", String(child.pid)]);
  else child.kill("SIGTERM");
}

async function untilReady(child, deadline) {
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode} before it was ready.`);
    const answer = await fetch(`${address}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(500);
  }
  throw new Error("It did not become ready in time.");
}
