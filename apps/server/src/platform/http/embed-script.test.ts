import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastifyCors from "@fastify/cors";
import { type FastifyInstance, fastify } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveEmbed } from "./embed-script.ts";

const HOST = "https://market.example";
let folder: string;
let http: FastifyInstance;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-embed-"));
  http = fastify();
  await http.register(fastifyCors, { origin: [HOST] });
});
afterEach(async () => {
  await http.close();
  rmSync(folder, { recursive: true });
});

function build(): void {
  mkdirSync(join(folder, "embed"));
  writeFileSync(join(folder, "embed.js"), 'import "./embed/start-1a.js";');
  writeFileSync(join(folder, "embed", "start-1a.js"), "1");
}
const get = (url: string, origin = HOST) => http.inject({ url, headers: { origin } });

describe("the script for pages of a host", () => {
  it("is asked for anew each time, and names files that may be kept for ever", async () => {
    build();
    await serveEmbed(http, folder);
    const script = await get("/embed.js");
    expect(script.body).toBe('import "./embed/start-1a.js";');
    expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(script.headers["cache-control"]).toBe("no-cache");
    const chunk = await get("/embed/start-1a.js");
    expect(chunk.headers["content-type"]).toContain("javascript");
    expect(chunk.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  it("may be read by allowed origins alone: a module is read by CORS", async () => {
    build();
    await serveEmbed(http, folder);
    for (const url of ["/embed.js", "/embed/start-1a.js"]) {
      expect((await get(url)).headers["access-control-allow-origin"]).toBe(HOST);
      expect((await get(url, "https://other.example")).headers["access-control-allow-origin"]).toBeUndefined();
    }
  });

  it("serves nothing beside", async () => {
    build();
    await serveEmbed(http, folder);
    writeFileSync(join(folder, "secret.js"), "no");
    expect((await get("/embed/start-1a.js")).statusCode).toBe(200);
    for (const url of ["/embed/..%2fsecret.js", "/embed/../secret.js", "/secret.js"])
      expect((await get(url)).statusCode).toBe(404);
  });

  it("may be missing", async () => {
    await serveEmbed(http, folder);
    expect((await get("/embed.js")).statusCode).toBe(404);
  });
});
