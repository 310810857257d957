import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastifyCookie from "@fastify/cookie";
import { type FastifyInstance, fastify } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sendPage, serveWebApp, wantsPage } from "./web-app.ts";

let folder: string;
let http: FastifyInstance;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-web-"));
  http = fastify();
  void http.register(fastifyCookie);
  http.get("/api/session", () => ({ user: { id: "ana" } }));
  http.setNotFoundHandler((request, reply) =>
    wantsPage(http, request) ? sendPage(http, request, reply) : reply.code(404).send("nothing"),
  );
});
afterEach(async () => {
  await http.close();
  rmSync(folder, { recursive: true });
});

function buildApp(): void {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html>the app");
  writeFileSync(join(folder, "sign-in.html"), "<!doctype html>the app, for signing in");
  writeFileSync(join(folder, "assets", "app-1a2b.js"), "1");
  writeFileSync(join(folder, ".secret"), "no");
}
const get = (url: string, accept = "text/html,*/*") => http.inject({ url, headers: { accept } });

describe("the web app", () => {
  it("is served with its files; those with a hash in their name may be kept for ever", async () => {
    buildApp();
    await serveWebApp(http, folder);
    expect((await get("/")).body).toBe("<!doctype html>the app");
    expect((await get("/")).headers["cache-control"]).toBe("no-cache");
    const asset = await get("/assets/app-1a2b.js", "*/*");
    expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(asset.headers["content-type"]).toContain("javascript");
  });

  it("answers for every page that only the browser knows", async () => {
    buildApp();
    await serveWebApp(http, folder);
    for (const url of ["/conversations/7", "/apiary", "/?user=ana"]) {
      const { statusCode, body, headers } = await get(url);
      expect({ statusCode, body, cache: headers["cache-control"] }).toEqual({
        statusCode: 200,
        body: "<!doctype html>the app",
        cache: "no-cache",
      });
    }
  });

  it("tells the page of a stranger that it need not ask who that is", async () => {
    buildApp();
    await serveWebApp(http, folder);
    for (const url of ["/", "/c/7", "/sign-in"]) expect((await get(url)).headers["server-timing"]).toBe("stranger");
    const cookie = "parley_token=anas";
    const { headers } = await http.inject({ url: "/", headers: { accept: "text/html", cookie } });
    expect(headers["server-timing"]).toBeUndefined();
  });

  it("does not answer for the API, for missing files, or for what lies outside", async () => {
    buildApp();
    await serveWebApp(http, folder);
    for (const url of ["/api/nothing", "/api", "/socket.io/x", "/socket.io?x=1"])
      expect((await get(url)).body).toBe("nothing");
    expect((await get("/assets/gone.js", "*/*")).statusCode).toBe(404);
    expect((await get("/../package.json", "*/*")).statusCode).not.toBe(200);
    expect((await get("/..%2f..%2fetc/passwd", "*/*")).statusCode).not.toBe(200);
    expect(
      (await http.inject({ method: "POST", url: "/conversations/7", headers: { accept: "text/html" } })).body,
    ).toBe("nothing");
  });

  it("names what is needed for signing in where that is asked for", async () => {
    buildApp();
    await serveWebApp(http, folder);
    for (const url of ["/sign-in", "/sign-in/", "/sign-in?conversation=7"]) {
      expect((await get(url)).body).toBe("<!doctype html>the app, for signing in");
    }
    expect((await get("/sign-in-x")).body).toBe("<!doctype html>the app");
  });

  const forAna = (url: string) =>
    http.inject({ url, headers: { accept: "text/html", "accept-language": "de-CH,en", cookie: "parley_token=anas" } });

  it("comes with what the person needs first, and is kept by nobody then", async () => {
    buildApp();
    writeFileSync(join(folder, "index.html"), "<body>the app</body>");
    await serveWebApp(http, folder);
    const page = await forAna("/");
    expect(page.body).toMatch(/^<body>the app<script type="application\/json".*"ana".*<\/script><\/body>$/);
    expect(page.headers).toMatchObject({ "cache-control": "private, no-store", vary: "cookie" });
    expect((await get("/")).headers.vary).toContain("cookie");
  });

  it("comes with a picture of the conversation, where the app makes one", async () => {
    buildApp();
    writeFileSync(join(folder, "index.html"), '<body><div id="app"></div></body>');
    mkdirSync(join(folder, "server"));
    const made = "`<p>${locale} ${id} ${answers['GET /api/session'].user.id}</p>`";
    const render = `export async function renderFirstPaint(answers, id, { locale }) { if (id === "x") throw new Error("no"); return ${made}; }`;
    writeFileSync(join(folder, "server", "render-first-paint.js"), render);
    await serveWebApp(http, folder);
    expect((await forAna("/c/a%20b")).body).toContain(
      '<div id="app"></div><div id="first-paint" class="first-paint" inert><p>de a b ana</p></div>',
    );
    for (const url of ["/", "/c/7/m/3", "/c/x"]) expect((await forAna(url)).body).not.toContain("first-paint");
    expect((await get("/c/7")).body).not.toContain("first-paint");
    expect((await get("/server/render-first-paint.js", "*/*")).statusCode).toBe(404);
  });

  const STYLESHEET = '<link rel="stylesheet" crossorigin href="/assets/index-1a2b.css">';
  const WITH_FIRST_STYLES =
    '<head><link rel="preload" as="style" crossorigin href="/assets/index-1a2b.css"><style>b{top:0}</style></head>';
  function buildStyledApp(): void {
    buildApp();
    writeFileSync(join(folder, "index.html"), `<head>${STYLESHEET}</head><body><div id="app"></div></body>`);
    mkdirSync(join(folder, "server"));
    const render = 'export const renderFirstPaint = async (_, id) => (id === "none" ? "" : "<b></b>");';
    writeFileSync(join(folder, "server", "render-first-paint.js"), render);
    http.addHook("onRequest", async (_request, reply) => {
      reply.header("content-security-policy", "style-src 'self';font-src 'self'");
    });
  }

  it("comes with the rules of that picture, which its policy admits; the stylesheet holds up scripts alone", async () => {
    buildStyledApp();
    writeFileSync(join(folder, "server", "first-paint.css"), "b{top:0}");
    await serveWebApp(http, folder);
    const { body, headers } = await forAna("/c/7");
    expect(body.split("<body>")[0]).toBe(WITH_FIRST_STYLES);
    expect(body.split("</b></div>")[1]).toMatch(new RegExp(`^${STYLESHEET}<script type="application/json"`));
    const hash = createHash("sha256").update("b{top:0}").digest("base64");
    expect(headers["content-security-policy"]).toBe(`style-src 'self' 'sha256-${hash}';font-src 'self'`);
    for (const url of ["/", "/c/none"]) {
      const without = await forAna(url);
      expect(without.body.split("<body>")[0]).toBe(`<head>${STYLESHEET}</head>`);
      expect(without.headers["content-security-policy"]).toBe("style-src 'self';font-src 'self'");
    }
  });

  it("leaves those rules to the stylesheet where the browser has that, but not that of another build", async () => {
    buildStyledApp();
    writeFileSync(join(folder, "server", "first-paint.css"), "b{top:0}");
    await serveWebApp(http, folder);
    const cookieOf = async (styles: string) => {
      const cookie = `parley_token=anas${styles}`;
      const { body, headers } = await http.inject({ url: "/c/7", headers: { accept: "text/html", cookie } });
      return { start: body.split("<body>")[0], set: headers["set-cookie"] };
    };
    const set = "parley_styles=index-1a2b; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax";
    expect(await cookieOf("")).toEqual({ start: WITH_FIRST_STYLES, set });
    expect(await cookieOf("; parley_styles=index-0000")).toEqual({ start: WITH_FIRST_STYLES, set });
    expect((await cookieOf("; parley_styles=index-1a2b")).start).toBe(`<head>${STYLESHEET}</head>`);
    expect((await cookieOf("; parley_styles=index-1a2b")).set).toBeUndefined();
  });

  it("waits for its stylesheet where the app was built without such rules", async () => {
    buildStyledApp();
    await serveWebApp(http, folder);
    const { body, headers } = await forAna("/c/7");
    expect(body).toContain(`<head>${STYLESHEET}</head>`);
    expect(body).toContain('id="first-paint"');
    expect(headers["content-security-policy"]).toBe("style-src 'self';font-src 'self'");
  });

  it("has the look that was chosen in this browser, and no other word of the cookie", async () => {
    buildApp();
    writeFileSync(join(folder, "index.html"), '<html lang="en" data-theme="auto"><body></body>');
    await serveWebApp(http, folder);
    const start = async (look: string) => {
      const cookie = `parley_token=anas; parley_look=${look}`;
      return (await http.inject({ url: "/", headers: { accept: "text/html", cookie } })).body.split("<body>")[0];
    };
    expect(await start("de.dark.compact")).toBe('<html lang="de" data-theme="dark" data-density="compact">');
    for (const look of ["de.dark", "fr.dark.compact", "de.dark.compact.x", encodeURIComponent('de.dark."><script>')]) {
      expect(await start(look)).toBe('<html lang="en" data-theme="auto" data-density="comfortable">');
    }
  });

  it("may be missing", async () => {
    await serveWebApp(http, folder);
    expect((await get("/")).body).toBe("nothing");
  });
});
