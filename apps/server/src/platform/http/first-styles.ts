import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyReply, FastifyRequest } from "fastify";

/** The rules that the first picture is drawn with, and what the page's policy calls them. */
export interface FirstStyles {
  readonly css: string;
  readonly hash: string;
}

/** The stylesheet of the page was on its way to this browser: that of which build. Nothing about the person. */
const COOKIE = "parley_styles";
/** In s. A browser may drop the file sooner; then its page waits for that. */
const COOKIE_SECONDS = 30 * 24 * 60 * 60;
const STYLESHEET = /<link rel="stylesheet"([^>]*) href="\/assets\/([\w.-]+)\.css"([^>]*)>/;

/** The rules that were built with the web app; null when it was built without. */
export async function loadFirstStyles(folder: string): Promise<FirstStyles | null> {
  const path = join(folder, "server", "first-paint.css");
  if (!existsSync(path)) return null;
  const css = await readFile(path, "utf8");
  return { css, hash: `'sha256-${createHash("sha256").update(css).digest("base64")}'` };
}

/**
 * The page with the rules of its first picture, which then waits for no other file. The stylesheet itself is asked for as early as before,
 * but stands behind the picture: that is painted without it, and scripts wait for it. A browser that has had the stylesheet gets the
 * page as it is.
 */
export function withFirstStyles(
  page: string,
  styles: FirstStyles,
  request: FastifyRequest,
  reply: FastifyReply,
): string {
  const [link, before, name, after] = STYLESHEET.exec(page) ?? [];
  if (link === undefined || name === undefined || request.cookies[COOKIE] === name) return page;
  void reply.setCookie(COOKIE, name, { path: "/", maxAge: COOKIE_SECONDS, sameSite: "lax", httpOnly: true });
  admitStyle(reply, styles.hash);
  const early = `<link rel="preload" as="style"${before} href="/assets/${name}.css"${after}>`;
  return page.replace(link, () => `${early}<style>${styles.css}</style>`).replace("</body>", () => `${link}</body>`);
}

/** The page's policy, which else knows no styles but those in files. */
function admitStyle(reply: FastifyReply, hash: string): void {
  const policy = reply.getHeader("content-security-policy");
  if (typeof policy !== "string") return;
  reply.header(
    "content-security-policy",
    policy.replace(/style-src [^;]*/, (sources) => `${sources} ${hash}`),
  );
}
