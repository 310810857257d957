import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../run-program.mjs";

const START_MS = 10 * 60_000;

/**
 * Starts Parley with the demo, in production form, on an empty database.
 * @param {number} port
 * @returns {Promise<{ address: string, secretKey: string, stop(): Promise<void> }>} with the host's key
 */
export async function startDemoServer(port) {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-speed-"));
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir };
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs")], { cwd: root, env, stdio: "inherit" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  };
  const address = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await sleep(500)) {
    if (child.exitCode !== null) break;
    if ((await fetch(`${address}/readyz`).catch(() => null))?.ok) return { address, secretKey: hostKey(dataDir), stop };
  }
  await stop();
  throw new Error("The server did not become ready.");
}

/** The key of the host, which a demo server makes for itself in its folder. */
export const hostKey = (dataDir) => JSON.parse(readFileSync(join(dataDir, "demo-secrets.json"), "utf8")).secretKey;
