// npm run screenshots: starts Parley with the demo, lets two people talk in two windows, and takes the documents' picture of
// it, docs/images/two-windows.png. Uses PORT 3998 and a temporary DATA_DIR; needs a Chromium.
import "./require-node.mjs";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { ensurePrograms } from "./find-programs.mjs";
import { root } from "./run-program.mjs";

const PICTURE = join(root, "docs", "images", "two-windows.png");
const address = "http://127.0.0.1:3998";
const START_MS = 10 * 60_000;
const ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];
/** Each window, in CSS px: list and conversation stand side by side from 736. */
const viewport = { width: 764, height: 700 };

const composer = (page) => page.getByRole("textbox", { name: "Write a message" });
const lastMessage = (page) => page.getByRole("region", { name: "Message history" }).getByRole("listitem").last();
const lastTicks = (page, status) => lastMessage(page).getByText(status, { exact: true }).waitFor({ state: "attached" });

const { PARLEY_CHROMIUM: executablePath } = await ensurePrograms();
if (executablePath === undefined) process.exit(1);
const dataDir = mkdtempSync(join(tmpdir(), "parley-screenshots-"));
const env = { ...process.env, PORT: "3998", DATA_DIR: dataDir };
const server = spawn(process.execPath, [join(root, "scripts", "start.mjs")], { cwd: root, env, stdio: "inherit" });
const ended = new Promise((resolve) => server.once("exit", resolve));
const browser = await chromium.launch({ executablePath, args: ARGS });
try {
  await untilReady(Date.now() + START_MS);
  const ana = await openWindow("Ana Weber", "Ben Hofmann", "light");
  const ben = await openWindow("Ben Hofmann", "Ana Weber", "dark");
  await talk(ana, ben);
  await compose(await photograph(ana, ben));
  console.log(`Wrote ${PICTURE}`);
} finally {
  await browser.close();
  server.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}

async function untilReady(deadline) {
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode} before it was ready.`);
    const answer = await fetch(`${address}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(500);
  }
  throw new Error("It did not become ready in time.");
}

async function openWindow(person, partner, colorScheme) {
  const settings = { baseURL: address, locale: "en-GB", timezoneId: "Europe/Zurich", reducedMotion: "reduce" };
  const page = await (await browser.newContext({ ...settings, viewport, colorScheme })).newPage();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: person }).click();
  await page.getByRole("navigation").getByRole("link").filter({ hasText: partner }).click();
  await page.getByRole("region", { name: "Message history" }).getByRole("listitem").last().waitFor();
  return page;
}

/** Each says something, and each has read it. */
async function talk(ana, ben) {
  await say(ana, "Friday is fine. I take the photos tomorrow, when the tulips arrive. 🌷");
  await say(ben, "Lovely, tomorrow is meant to be sunny.");
  await say(ana, "Then ten photos, the logo, and three sentences about me. Promised!");
  await lastTicks(ana, "Read");
}

async function say(page, text) {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await lastMessage(page)
    .filter({ hasText: text })
    .getByText(/^(Delivered|Read)$/)
    .waitFor({ state: "attached" });
}

/** Both windows while Ben is writing. */
async function photograph(ana, ben) {
  await composer(ben).pressSequentially("Wonderful. I build the page for the ", { delay: 30 });
  await ana.getByText("Ben is typing").waitFor();
  // Nothing is pointed at.
  await Promise.all([ana, ben].map((page) => page.mouse.move(viewport.width - 40, 10)));
  return Promise.all([ana, ben].map(async (page) => (await page.screenshot()).toString("base64")));
}

/** Puts the two pictures side by side on one. */
async function compose(pictures) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 768 } });
  const images = pictures.map((data) => `<img src="data:image/png;base64,${data}">`).join("");
  await page.setContent(`<style>
    body { display: flex; justify-content: center; align-items: center; gap: 24px; height: 100vh; margin: 0;
      background: linear-gradient(120deg, #f6d9c8, #e7c6dd 55%, #b9a7d8); }
    img { border-radius: 14px; box-shadow: 0 18px 44px rgb(40 20 45 / 32%), 0 2px 6px rgb(40 20 45 / 22%); }
  </style>${images}`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  mkdirSync(dirname(PICTURE), { recursive: true });
  await page.screenshot({ path: PICTURE });
}
