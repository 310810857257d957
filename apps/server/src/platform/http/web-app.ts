import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { addVary } from "./add-vary.ts";
import { blockOf, firstAnswers } from "./first-answers.ts";
import { lookOf, withLook } from "./look-of.ts";
import { loadFirstPaint, type RenderFirstPaint } from "./first-paint.ts";
import { type FirstStyles, loadFirstStyles, withFirstStyles } from "./first-styles.ts";
import { TOKEN_COOKIE } from "./resolve-actor.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** The built web app; null when it is not served. */
    webApp: WebApp | null;
  }
}

interface WebApp {
  readonly folder: string;
  readonly renderFirstPaint: RenderFirstPaint | null;
  readonly firstStyles: FirstStyles | null;
}

/** The built web app, seen from the sources as from the compiled files. */
const WEB_APP = fileURLToPath(new URL("../../../../web/dist/", import.meta.url));

/** The same app: each page names the files that it needs first. */
const MESSAGES = "index.html";
const SIGN_IN = "sign-in.html";
/** In the header `server-timing`, which pages can read: no cookie came, so the app need not ask who that is and be refused. */
const STRANGER = "stranger";
/** Where the app will be. */
const APP = '<div id="app"></div>';

/** Serves the built web app when it is there. Files with a hash in their name never change. */
export async function serveWebApp(http: FastifyInstance, folder = WEB_APP): Promise<void> {
  const isBuilt = existsSync(join(folder, MESSAGES));
  http.decorate("webApp", isBuilt ? await loadWebApp(folder) : null);
  if (!isBuilt) return;
  http.get("/", (request, reply) => sendPage(http, request, reply));
  const hashed = join(folder, "assets") + sep;
  await http.register(fastifyStatic, {
    root: folder,
    // Pages are made below.
    index: false,
    preCompressed: true,
    // What the server makes pages with is no file for browsers.
    allowedPath: (path) => !path.startsWith("/server/"),
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header("cache-control", path.startsWith(hashed) ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

const loadWebApp = async (folder: string): Promise<WebApp> => ({
  folder,
  renderFirstPaint: await loadFirstPaint(folder),
  firstStyles: await loadFirstStyles(folder),
});

/** A page of the app that only the browser knows: any address outside of the API that is asked for as HTML. */
export function wantsPage(http: FastifyInstance, request: FastifyRequest): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (http.webApp === null || /^\/(api|socket\.io)(\/|$|\?)/.test(request.url)) return false;
  return request.headers.accept?.includes("text/html") ?? false;
}

/** The page for the address; with what it needs first, for whoever is signed in by the host's cookie. */
export async function sendPage(http: FastifyInstance, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  addVary(reply, "cookie");
  if (request.cookies[TOKEN_COOKIE] === undefined) reply.header("server-timing", STRANGER);
  if (/^\/sign-in\/?(\?|$)/.test(request.url)) return sendFile(reply, SIGN_IN);
  if (http.webApp === null || !isVisit(request)) return sendFile(reply, MESSAGES);
  const answers = await firstAnswers(http, request);
  if (answers.size === 0) return sendFile(reply, MESSAGES);
  const { folder, renderFirstPaint, firstStyles } = http.webApp;
  const [page, picture] = await Promise.all([
    readFile(join(folder, MESSAGES), "utf8"),
    renderFirstPaint?.(request, answers) ?? "",
  ]);
  const styled = picture === "" || firstStyles === null ? page : withFirstStyles(page, firstStyles, request, reply);
  return (
    reply
      .code(200)
      // Somebody's messages: nobody keeps them, neither a cache on the way nor the browser after signing out.
      .header("cache-control", "private, no-store")
      .type("text/html; charset=utf-8")
      .send(withFirst(withLook(styled, lookOf(request)), blockOf(answers), picture))
  );
}

/** Somebody goes there: it is not a frame or a picture in another page, which could make the browser ask for it in vain. */
function isVisit({ method, headers }: FastifyRequest): boolean {
  return method === "GET" && (headers["sec-fetch-dest"] ?? "document") === "document";
}

/** The picture stands before the script and the data: it is painted while they are on their way. */
function withFirst(page: string, block: string, picture: string): string {
  const first = picture === "" ? "" : `<div id="first-paint" class="first-paint" inert>${picture}</div>`;
  return page.replace(APP, () => APP + first).replace("</body>", () => `${block}</body>`);
}

const sendFile = (reply: FastifyReply, name: string): FastifyReply =>
  reply.header("cache-control", "no-cache").sendFile(name);
