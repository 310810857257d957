import type { FastifyRequest } from "fastify";

/** How the app looks in a browser. */
export interface Look {
  readonly locale: "de" | "en";
  readonly theme: string;
  readonly density: string;
}

/** The app writes it: what was chosen on this device. */
const COOKIE = "parley_look";
const WRITTEN = /^(de|en)\.(light|dark|auto)\.(comfortable|compact)$/;

/** What was chosen in this browser's settings; without that what the app begins with. Anything else in the cookie is none. */
export function lookOf({ cookies, headers }: FastifyRequest): Look {
  const [, locale, theme = "auto", density = "comfortable"] = WRITTEN.exec(cookies[COOKIE] ?? "") ?? [];
  if (locale === "de" || locale === "en") return { locale, theme, density };
  const german = headers["accept-language"]?.trim().toLowerCase().startsWith("de") === true;
  return { locale: german ? "de" : "en", theme, density };
}

/** The page with its look, as the app puts it there. */
export function withLook(page: string, { locale, theme, density }: Look): string {
  return page.replace(/<html[^>]*>/, `<html lang="${locale}" data-theme="${theme}" data-density="${density}">`);
}
