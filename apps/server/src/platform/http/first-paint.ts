import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FastifyRequest } from "fastify";
import { type Look, lookOf } from "./look-of.ts";

/** What the built web app brings for the server. */
interface FirstPaintModule {
  renderFirstPaint(answers: Record<string, unknown>, conversationId: string, look: Look): Promise<string>;
}

export type RenderFirstPaint = (request: FastifyRequest, answers: ReadonlyMap<string, string>) => Promise<string>;

/** In one second so many ms of the one thread at the most, and one picture at a time: a page can do without. */
const MS_PER_SECOND = 100;

/** How the first picture of a conversation is made; null when the web app was built without. */
export async function loadFirstPaint(folder: string): Promise<RenderFirstPaint | null> {
  const path = join(folder, "server", "render-first-paint.js");
  if (!existsSync(path)) return null;
  const { renderFirstPaint } = (await import(pathToFileURL(path).href)) as FirstPaintModule;
  let second = 0;
  let spentMs = 0;
  let isBusy = false;
  return async (request, answers) => {
    const id = conversationIn(request.url);
    const begin = performance.now();
    const now = Math.floor(begin / 1_000);
    if (now !== second) [second, spentMs] = [now, 0];
    if (id === null || isBusy || spentMs >= MS_PER_SECOND) return "";
    isBusy = true;
    try {
      const parsed = Object.fromEntries([...answers].map(([key, json]) => [key, JSON.parse(json) as unknown]));
      return await renderFirstPaint(parsed, id, lookOf(request));
    } catch {
      // The app comes anyhow: whatever goes wrong here only makes it come later.
      return "";
    } finally {
      isBusy = false;
      spentMs += performance.now() - begin;
    }
  };
}

/** The conversation whose end the address shows. */
export function conversationIn(address: string): string | null {
  const [, encoded] = /^\/c\/([^/?#]+)\/?(?:\?|$)/.exec(address) ?? [];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
