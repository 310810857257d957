import { type ChildProcess, spawn } from "node:child_process";
import { findProgram } from "../../../scripts/find-programs.mjs";
import { findSteadyPort } from "../find-steady-port.ts";
import { waitUntil } from "../wait-until.ts";
import { asSource, type Engine, mayBeMissing, VIEW } from "./engine.ts";
import { endProcess } from "./end-process.ts";

const driver = findProgram("webkit");
const screen = findProgram("xvfb");

type Ask = <Value>(method: string, path: string, body?: object) => Promise<Value>;

/** Debian's WebKitGTK in its MiniBrowser on a screen that nobody sees, by WebDriver. */
export const webkit: Engine = {
  name: "WebKit",
  missing: mayBeMissing(driver) || mayBeMissing(screen),
  open: async () => {
    const { display, process: xvfb } = await openScreen();
    const port = await findSteadyPort();
    const env = { ...process.env, DISPLAY: display, LANGUAGE: "en_GB", LC_ALL: "C.UTF-8" };
    const running = spawn(driver ?? "", [`--port=${port}`], { env, stdio: "ignore" });
    const ask = asker(`http://127.0.0.1:${port}`);
    await waitUntil(async () => (await ask<{ ready: boolean }>("GET", "/status").catch(() => null))?.ready === true, {
      what: "WebKit's driver is ready",
    });
    const session = await openSession(ask);
    return {
      goto: (url) => ask("POST", `${session}/url`, { url }),
      evaluate: async (work, input) =>
        JSON.parse(await resultOf(ask("POST", `${session}/execute/async`, asyncScript(asSource(work, input))))),
      close: async () => {
        await ask("DELETE", session).catch(() => undefined);
        await endProcess(running);
        await endProcess(xvfb);
      },
    };
  },
};

/** A virtual screen; it chooses its number and tells it through its third pipe. */
async function openScreen(): Promise<{ display: string; process: ChildProcess }> {
  const args = ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"];
  const xvfb = spawn(screen ?? "", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise<string>((resolve, reject) => {
    xvfb.once("error", reject);
    xvfb.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}.`)));
    xvfb.stdio[3]?.once("data", (chunk: Buffer) => resolve(String(chunk).trim()));
  });
  return { display: `:${number}`, process: xvfb };
}

const asker =
  (url: string): Ask =>
  async <Value>(method: string, path: string, body?: object) => {
    const response = await fetch(url + path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const { value } = (await response.json()) as { value: Value };
    if (!response.ok) throw new Error((value as { message?: string }).message);
    return value;
  };

/** The path of a session whose page is as large as the other engines'. */
async function openSession(ask: Ask): Promise<string> {
  const { sessionId } = await ask<{ sessionId: string }>("POST", "/session", { capabilities: { alwaysMatch: {} } });
  const session = `/session/${sessionId}`;
  await ask("POST", `${session}/timeouts`, { script: 170_000 });
  await ask("POST", `${session}/window/rect`, VIEW);
  const inner = await ask<number>("POST", `${session}/execute/sync`, { script: "return innerHeight", args: [] });
  await ask("POST", `${session}/window/rect`, { ...VIEW, height: 2 * VIEW.height - inner });
  return session;
}

/** What went wrong in the page comes back as a word: a promise that fails would else never be heard of. */
async function resultOf(answer: Promise<{ text?: string; error?: string }>): Promise<string> {
  const { text, error } = await answer;
  if (text === undefined) throw new Error(error);
  return text;
}

const asyncScript = (source: string) => ({
  script: `const done = arguments[arguments.length - 1];
    (${source})().then((text) => done({ text }), (error) => done({ error: String(error) }));`,
  args: [],
});
