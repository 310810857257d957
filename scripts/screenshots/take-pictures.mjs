import { mkdirSync } from "node:fs";
import { join } from "node:path";

const heights = { 375: 760, 768: 1024, 1440: 900 };

/**
 * Takes every state in every size, theme and language that was asked for. A state that is not there is left out.
 * @param {Awaited<ReturnType<typeof import("./stage.mjs").openStage>>} stage
 * @param {{ states: object[], widths: number[], themes: string[], languages: string[], ids: Record<string, string>, folder: string }} what
 * @returns {Promise<{ taken: object[], missing: string[] }>}
 */
export async function takePictures(stage, { states, widths, themes, languages, ids, folder }) {
  const taken = [];
  const missing = [];
  for (const language of languages) {
    for (const width of widths) {
      for (const state of states) {
        try {
          taken.push(...(await takeState(stage, { state, width, themes, language, ids, folder })));
        } catch (error) {
          missing.push(`${state.name}, ${width} px, ${language}: ${error.message.split("\n")[0]}`);
        }
      }
    }
  }
  return { taken, missing };
}

async function takeState(stage, { state, width, themes, language, ids, folder }) {
  const { page, close } = await openState(stage, { state, width, language, ids });
  try {
    return await photograph(page, { state, width, themes, language, folder });
  } finally {
    await close();
  }
}

/**
 * Brings a device of its own into the state. Rejects when the state is not to be had.
 * @param {Awaited<ReturnType<typeof import("./stage.mjs").openStage>>} stage
 * @param {{ state: object, width: number, language: string, ids: Record<string, string> }} what
 * @returns {Promise<{ page: import("playwright-core").Page, close(): Promise<void> }>}
 */
export async function openState(stage, { state, width, language, ids }) {
  const { zoom = 1 } = state;
  // Zooming in makes the window smaller by as much; nobody promises less than 320 px.
  const size = { width: Math.max(320, Math.round(width / zoom)), height: Math.round(heights[width] / zoom) };
  const context = await stage.device(state.as, { ...size, language, scale: zoom });
  const close = async () => {
    stage.disconnect();
    await context.close();
  };
  try {
    const sockets = await gate(context);
    const page = await context.newPage();
    const tools = { ...stage, ids, sockets };
    await enter(page, state, tools);
    await state.show?.(page, tools);
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function enter(page, { at, open, before, loads = true }, tools) {
  await before?.(page, tools);
  const id = tools.ids[open];
  await page.goto(at ?? (id === undefined ? "/" : `/c/${id}`));
  if (at !== undefined) await page.locator("h1, .parley-empty-title").first().waitFor({ state: "attached" });
  else if (loads) await openFromInbox(page, open, id);
}

async function openFromInbox(page, open, id) {
  // A phone shows one after the other, and has no list before it is led to it.
  const isAlone = id !== undefined && (await page.evaluate(() => matchMedia("(width < 46rem)").matches));
  if (!isAlone) await page.locator(".parley-conversation, .parley-empty").first().waitFor({ state: "attached" });
  if (open === null) return page.locator('.parley-banner[data-empty="false"]').first().waitFor({ state: "hidden" });
  if (id === undefined) await page.locator(".parley-conversation").filter({ hasText: open }).first().click();
  await page.locator(".parley-row, .parley-empty").first().waitFor();
  // Who is here comes with the live connection, after the messages: a busy machine would be photographed before that.
  await page.locator(".parley-header-detail:not(:empty)").waitFor({ state: "attached" });
}

async function photograph(page, { state, width, themes, language, folder }) {
  const taken = [];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.waitForTimeout(state.loads === false ? 700 : 250);
    mkdirSync(join(folder, state.name), { recursive: true });
    const path = join(folder, state.name, `${width}-${theme}-${language}.png`);
    await page.screenshot({ path });
    taken.push({ name: state.name, width, theme, language, path });
  }
  return taken;
}

/** Stands between the device's live connections and the server. */
async function gate(context) {
  const isSocket = ({ pathname }) => pathname.startsWith("/socket.io/");
  const routes = new Set();
  let open = true;
  await context.routeWebSocket(isSocket, (route) => {
    if (!open) return void route.close();
    routes.add(route);
    route.connectToServer();
  });
  await context.route(isSocket, (route) => (open ? route.continue() : route.abort()));
  return {
    close: async () => {
      open = false;
      await Promise.all([...routes].map((route) => route.close()));
      routes.clear();
    },
    open: () => {
      open = true;
    },
  };
}
