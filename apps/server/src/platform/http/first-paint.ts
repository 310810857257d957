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

/** In one second so many pictures at the most: each takes some ms of the one thread, and a page can do without. */
const PER_SECOND = 20;

/** How the first picture of a conversation is made; null when the web app was built without. */
export async function loadFirstPaint(folder: string): Promise<RenderFirstPaint | null> {
  const path = join(folder, "server", "render-first-paint.js");
  if (!existsSync(path)) return null;
  const { renderFirstPaint } = (await import(pathToFileURL(path).href)) as FirstPaintModule;
  let second = 0;
  let made = 0;
  return async (request, answers) => {
    const id = conversationIn(request.url);
    const now = Math.floor(Date.now() / 1_000);
    if (now !== second) [second, made] = [now, 0];
    if (id === null || made >= PER_SECOND) return "";
    made += 1;
    const parsed = Object.fromEntries([...answers].map(([key, json]) => [key, JSON.parse(json) as unknown]));
    // The app comes anyhow: whatever goes wrong here only makes it come later.
    return await renderFirstPaint(parsed, id, lookOf(request)).catch(() => "");
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
