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
