import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { findProgram } from "../../../scripts/find-programs.mjs";
import { asSource, type Engine, mayBeMissing, VIEW } from "./engine.ts";
import { endProcess } from "./end-process.ts";

const path = findProgram("firefox");

/** English pages, and nothing asked of anybody but the page's server. */
const PREFERENCES = {
  "intl.accept_languages": "en-GB",
  "intl.locale.requested": "en-GB",
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#disabled",
  "toolkit.telemetry.enabled": false,
};

type Result = Readonly<Record<string, unknown>>;
type Call = (method: string, params: object) => Promise<Result>;

/** Debian's Firefox without a screen, by WebDriver BiDi. */
export const firefox: Engine = {
  name: "Firefox",
  missing: mayBeMissing(path),
  open: async () => {
    const profile = mkdtempSync(join(tmpdir(), "parley-firefox-"));
    const lines = Object.entries(PREFERENCES).map(([key, value]) => `user_pref("${key}", ${JSON.stringify(value)});`);
    writeFileSync(join(profile, "user.js"), lines.join("\n"));
    const args = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile];
    const process = spawn(path ?? "", args, { stdio: ["ignore", "ignore", "pipe"] });
    const { call, hangUp } = await speak(`${await addressOf(process)}/session`);
    const context = await openContext(call);
    return {
      goto: async (url) => void (await call("browsingContext.navigate", { context, url, wait: "complete" })),
      evaluate: async (work, input) => {
        const functionDeclaration = asSource(work, input);
        const answer = await call("script.callFunction", {
          functionDeclaration,
          awaitPromise: true,
          target: { context },
        });
        return JSON.parse(resultOf(answer));
      },
      close: async () => {
        await call("session.end", {}).catch(() => undefined);
        hangUp();
        await endProcess(process);
        rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      },
    };
  },
};

/** Where the started browser listens. */
function addressOf(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    process.once("error", reject);
    process.once("exit", (code) => reject(new Error(`Firefox ended with ${code}.\n${said}`)));
    process.stderr?.on("data", (chunk) => {
      said += chunk;
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}

async function speak(url: string): Promise<{ call: Call; hangUp(): void }> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map<number, { resolve(result: Result): void; reject(error: Error): void }>();
  socket.on("message", (data: Buffer) => {
    const answer = JSON.parse(data.toString()) as { id: number; result?: Result; error?: string; message?: string };
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.result !== undefined) asked?.resolve(answer.result);
    else asked?.reject(new Error(`${answer.error}: ${answer.message}`));
  });
  let id = 0;
  const call: Call = (method, params) =>
    new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params }));
    });
  return { call, hangUp: () => socket.close() };
}

async function openContext(call: Call): Promise<string> {
  await call("session.new", { capabilities: {} });
  const { contexts } = (await call("browsingContext.getTree", {})) as { contexts: { context: string }[] };
  const context = contexts[0]?.context ?? "";
  await call("browsingContext.setViewport", { context, viewport: VIEW });
  return context;
}

function resultOf(answer: Result): string {
  const { type, result, exceptionDetails } = answer as {
    type: string;
    result?: { value: string };
    exceptionDetails?: { text: string };
  };
  if (type !== "success") throw new Error(exceptionDetails?.text);
  return result?.value ?? "null";
}
