import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The built custom elements, seen from the sources as from the compiled files. */
const EMBED = fileURLToPath(new URL("../../../../../packages/embed/dist/", import.meta.url));

/**
 * Serves the custom elements for pages of a host when they are built: `/embed.js`, asked for anew each time, names the rest
 * below `/embed/`, which never changes. Which origins may read it, CORS says.
 */
export async function serveEmbed(http: FastifyInstance, folder = EMBED): Promise<void> {
  const script = join(folder, "embed.js");
  if (!existsSync(script)) return;
  http.get("/embed.js", async (_request, reply) =>
    reply
      .header("cache-control", "no-cache")
      .type("text/javascript; charset=utf-8")
      .send(await readFile(script)),
  );
  await http.register(fastifyStatic, {
    root: join(folder, "embed"),
    prefix: "/embed/",
    decorateReply: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => reply.header("cache-control", "public, max-age=31536000, immutable"),
  });
}
