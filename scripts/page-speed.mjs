// npm run page-speed: how soon the first messages are visible on a slow phone (CPU 4× slower, 150 ms and 1.6 Mbit/s, as
// Lighthouse's fast 3G), at the first visit and at the next one from a warm server; what moves meanwhile; and how long a key press takes to be seen
// with 10,000 messages. Prints tables, writes .cache/page-speed.json. Needs a Chromium.
//
//   --runs 3   the median counts   --server http://localhost:3000 --data data   a running demo server
import "./require-node.mjs";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensurePrograms } from "./find-programs.mjs";
import { root } from "./run-program.mjs";
import { hostKey, startDemoServer } from "./speed/demo-server.mjs";
import { measureTyping } from "./speed/measure-typing.mjs";
import { measureVisit } from "./speed/measure-visit.mjs";
import { conversationWith, openSignedIn } from "./speed/signed-in-browser.mjs";
import { tellLongStory } from "./speed/tell-long-story.mjs";

const PHONE = { width: 412, height: 823 };
const text = { type: "string" };
const { values } = parseArgs({ options: { runs: { ...text, default: "3" }, server: text, data: text } });
const runs = Number(values.runs);
const { PARLEY_CHROMIUM: executablePath } = await ensurePrograms(["chromium"]);
if (executablePath === undefined) process.exit(1);
const server =
  values.server === undefined
    ? await startDemoServer(3996)
    : { address: values.server, secretKey: hostKey(values.data ?? "data"), stop: async () => {} };
try {
  const { address } = server;
  const visits = [];
  // The server is to be warm: its first pages take longer.
  await visitTwice(address);
  for (let run = 0; run < runs; run += 1) visits.push(...(await visitTwice(address)));
  const typing = await typeInLongConversation(address);
  console.table(["first visit", "next visit"].map((name) => middle(visits.filter((visit) => visit.name === name))));
  console.table(typing);
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(join(root, ".cache", "page-speed.json"), JSON.stringify({ visits, typing }, null, 2));
} finally {
  await server.stop();
}

/** A device that has never been here, and the same again with what it kept. */
async function visitTwice(address) {
  const browser = await openSignedIn({ address, executablePath });
  try {
    const url = await conversationWith(address, browser.token, "ben");
    await warmUp(browser.context);
    const found = [];
    for (const name of ["first visit", "next visit"]) {
      const page = await browser.context.newPage();
      await page.setViewportSize(PHONE);
      found.push({ name, ...(await measureVisit(page, url)) });
      await page.close();
    }
    return found;
  } finally {
    await browser.close();
  }
}

/** A browser that has shown another page before: it has started its processes, and looked for fonts. Nothing of ours. */
async function warmUp(context) {
  const page = await context.newPage();
  await page.goto("data:text/html,<p style='font-family:system-ui'>Another page</p>");
  await page.waitForTimeout(500);
  await page.close();
}

async function typeInLongConversation(address) {
  const browser = await openSignedIn({ address, executablePath });
  try {
    const url = await tellLongStory(address, server.secretKey);
    const page = await browser.context.newPage();
    return [await measureTyping(page, url, 1), await measureTyping(page, url, 4)];
  } finally {
    await browser.close();
  }
}

function middle(visits) {
  return visits.sort((a, b) => a.firstMessagesMs - b.firstMessagesMs)[visits.length >> 1];
}
