// npm run screenshots: starts Parley with the demo and takes pictures of every state of the messages page, in three widths, two
// themes and two languages: into .cache/screens, with contact sheets. Chosen ones go to docs/images/screens, and the picture
// of two windows to docs/images. Needs a Chromium.
//
//   --state order,group   --width 375   --theme dark   --language de   only these; then nothing is written below docs,
//   --keep   but with this
//   --server http://localhost:3000 --data data   before this running demo server
//   --web folder   with this build of the web app
import "./require-node.mjs";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ensurePrograms } from "./find-programs.mjs";
import { root } from "./run-program.mjs";
import { makeFixtures } from "./screenshots/fixtures.mjs";
import { documented } from "./screenshots/documented.mjs";
import { makeSheets, writeWebp } from "./screenshots/sheets.mjs";
import { openStage } from "./screenshots/stage.mjs";
import { states } from "./screenshots/states.mjs";
import { takePictures } from "./screenshots/take-pictures.mjs";
import { takeTwoWindows } from "./screenshots/two-windows.mjs";

const IMAGES = join(root, "docs", "images");
const FOLDER = join(root, ".cache", "screens");
const PORT = "3998";
const START_MS = 10 * 60_000;

const text = { type: "string" };
const { values } = parseArgs({
  options: {
    state: text,
    width: text,
    theme: text,
    language: text,
    server: text,
    data: text,
    web: text,
    out: text,
    keep: { type: "boolean" },
  },
});
const { PARLEY_CHROMIUM: executablePath } = await ensurePrograms();
if (executablePath === undefined) process.exit(1);
const server =
  values.server === undefined ? await startServer() : { address: values.server, dataDir: values.data ?? "data" };
try {
  const stage = await openStage({ ...server, executablePath, ...(values.web && { web: values.web }) });
  try {
    await run(stage);
  } finally {
    await stage.close();
  }
} finally {
  await server.stop?.();
}

async function run(stage) {
  const chosen = (given, all) => (given === undefined ? all : given.split(","));
  const folder = values.out ?? FOLDER;
  const names = chosen(
    values.state,
    states.map(({ name }) => name),
  );
  const { taken, missing } = await takePictures(stage, {
    states: states.filter(({ name }) => names.includes(name)),
    widths: chosen(values.width, ["375", "768", "1440"]).map(Number),
    themes: chosen(values.theme, ["light", "dark"]),
    languages: chosen(values.language, ["de", "en"]),
    ids: await makeFixtures(stage),
    folder,
  });
  rmSync(join(folder, "sheets"), { recursive: true, force: true });
  await makeSheets(stage.browser, join(folder, "sheets"), taken);
  console.log(`Took ${taken.length} pictures into ${String(folder)}.`);
  for (const line of missing) console.log(`Left out: ${line}`);
  const some = values.state ?? values.width ?? values.theme ?? values.language;
  if (some === undefined || values.keep) await document(stage, taken);
}

/** The chosen ones, small enough to be kept with the documents. */
async function document(stage, taken) {
  mkdirSync(join(IMAGES, "screens"), { recursive: true });
  for (const { name, width, theme, language, path } of taken) {
    const key = `${name}-${width}-${theme}-${language}`;
    if (documented.includes(key)) await writeWebp(stage.browser, path, join(IMAGES, "screens", `${key}.webp`));
  }
  await takeTwoWindows(stage, join(IMAGES, "two-windows.png"));
}

/** A server of our own, on an empty database. */
async function startServer() {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-screenshots-"));
  const env = { ...process.env, PORT, DATA_DIR: dataDir };
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs")], { cwd: root, env, stdio: "inherit" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  };
  const address = `http://127.0.0.1:${PORT}`;
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await sleep(500)) {
    if (child.exitCode !== null) break;
    if ((await fetch(`${address}/readyz`).catch(() => null))?.ok) return { address, dataDir, stop };
  }
  await stop();
  throw new Error("The server did not become ready.");
}
