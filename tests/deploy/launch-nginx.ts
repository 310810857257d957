import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../../scripts/find-programs.mjs";
import { waitUntil } from "../support/wait-until.ts";

const CONFIGURATION = new URL("../../deploy/nginx.conf", import.meta.url);

/** Without nginx these tests are left out, except where they must run. */
export const withoutNginx: boolean = findProgram("nginx") === null && process.env["CI"] === undefined;

export interface LaunchedNginx {
  readonly url: string;
  log(): string;
  stop(): Promise<void>;
}

/**
 * Runs nginx with deploy/nginx.conf, with other names put in: where it listens, and where the servers are.
 * @param changes further texts to replace
 */
export async function launchNginx(
  port: number,
  servers: readonly [number, number],
  changes: Readonly<Record<string, string>> = {},
): Promise<LaunchedNginx> {
  const folder = mkdtempSync(join(tmpdir(), "parley-nginx-"));
  mkdirSync(join(folder, "tmp"));
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const temporary = kinds.map((kind) => `${kind}_temp_path ${folder}/tmp/${kind};`).join(" ");
  const file = writeConfiguration(folder, {
    "parley-1:3000": `127.0.0.1:${servers[0]}`,
    "parley-2:3000": `127.0.0.1:${servers[1]}`,
    "listen 80 default_server": `listen 127.0.0.1:${port} default_server`,
    "http {": `http { ${temporary}`,
    "worker_rlimit_nofile 65536": "worker_rlimit_nofile 4096",
    "worker_connections 16384": "worker_connections 1024",
    ...changes,
  });
  const program = findProgram("nginx") ?? "nginx";
  const globals = `daemon off; pid ${folder}/nginx.pid;`;
  const child = spawn(program, ["-p", folder, "-c", file, "-g", globals, "-e", join(folder, "error.log")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(() => answers(url, child), { what: "nginx answers" }).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw new Error(`${String(error)}\n${said}`);
  });
  return {
    url,
    log: () => said,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfiguration(folder: string, changes: Readonly<Record<string, string>>): string {
  let text = readFileSync(CONFIGURATION, "utf8");
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`deploy/nginx.conf has no "${from}" any more.`);
    text = text.replaceAll(from, to);
  }
  const file = join(folder, "nginx.conf");
  writeFileSync(file, text);
  return file;
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}.`);
  return fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
