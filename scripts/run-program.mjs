import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { whenToldToStop } from "./when-told-to-stop.mjs";

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Programs that run now. */
let running = 0;

/**
 * Runs a program to its end, with our input and output. When we are told to stop, the program may end first, then we do.
 * @param {string} program
 * @param {string[]} args
 * @param {{ capture?: boolean, idle?: boolean, cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options] `capture`
 *   collects what it says; `idle` gives it only the time that others leave
 * @returns {Promise<{ code: number, output: string }>} code 127 when it could not be started
 */
export function runProgram(program, args, { capture = false, idle = false, ...options } = {}) {
  return new Promise((resolve) => {
    const stdio = capture ? ["ignore", "pipe", "pipe"] : "inherit";
    const child = spawn(program, args, { cwd: root, stdio, windowsHide: true, ...options });
    if (idle && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const release = waitWhenStopped(child);
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on("close", (code) => {
      if (release()) resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * The terminal's Ctrl-C reaches the program without us; other signals have to be passed on. What is returned is to be called when
 * it has ended, and tells whether to go on: who was told to stop ends with the last program.
 */
function waitWhenStopped(child) {
  let told = 0;
  running += 1;
  const release = whenToldToStop((signal) => {
    told = constants.signals[signal];
    if (signal !== "SIGINT") child.kill("SIGTERM");
  });
  return () => {
    release();
    running -= 1;
    if (told !== 0 && running === 0) process.exit(128 + told);
    return told === 0;
  };
}

/**
 * The arguments for node that run a program of an installed package, e.g. `toolArgs("typescript", "tsc")`.
 * Going through node needs no shell, so that it is the same on Windows.
 */
export function toolArgs(packageName, program = packageName.split("/").pop()) {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return [join(folder, typeof bin === "string" ? bin : bin[program])];
}

/** Runs a program of an installed package. */
export function runTool(packageName, program, args, options) {
  return runProgram(process.execPath, [...toolArgs(packageName, program), ...args], options);
}

/** Runs npm: the one that runs us, else the one beside node. */
export function runNpm(args, options) {
  const beside = [
    process.env.npm_execpath ?? "",
    join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js"),
    join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const cli = beside.find((path) => path.endsWith("npm-cli.js") && existsSync(path));
  if (cli !== undefined) return runProgram(process.execPath, [cli, ...args], options);
  return runProgram("npm", args, { shell: process.platform === "win32", ...options });
}
