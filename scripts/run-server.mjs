import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./run-program.mjs";
import { whenToldToStop } from "./when-told-to-stop.mjs";

/** Ctrl-C reaches us from the terminal and, a moment later, from npm: both are one wish. */
const SAME_WISH_MS = 1500;

/**
 * Runs node with these arguments until it ends, and ends with its exit code. One wish to stop becomes one SIGTERM, although
 * terminal and npm send several signals; a later one is passed on too.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} the exit code
 */
export function runServer(args, env = process.env) {
  const isWindows = process.platform === "win32";
  // A group of its own keeps the terminal's signals from it. On Windows, Ctrl-C reaches it anyway, and kill would be rude.
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: "inherit", detached: !isWindows });
  let lastWish = 0;
  const stop = () => {
    const now = Date.now();
    if (!isWindows && now - lastWish > SAME_WISH_MS) child.kill("SIGTERM");
    lastWish = now;
  };
  whenToldToStop(stop);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
