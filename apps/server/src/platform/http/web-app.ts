import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** The built web app, seen from the sources as from the compiled files. */
const WEB_APP = fileURLToPath(new URL("../../../../web/dist/", import.meta.url));

/** Serves the built web app when it is there. Files with a hash in their name never change. */
export async function serveWebApp(http: FastifyInstance, folder = WEB_APP): Promise<void> {
  if (!existsSync(join(folder, "index.html"))) return;
  const hashed = join(folder, "assets") + sep;
  await http.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header("cache-control", path.startsWith(hashed) ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

/** A page of the app that only the browser knows: any address outside of the API that is asked for as HTML. */
export function wantsPage(http: FastifyInstance, request: FastifyRequest): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (!http.hasReplyDecorator("sendFile") || /^\/(api|socket\.io)(\/|$|\?)/.test(request.url)) return false;
  return request.headers.accept?.includes("text/html") ?? false;
}

export const sendPage = (reply: FastifyReply): FastifyReply =>
  reply.header("cache-control", "no-cache").sendFile("index.html");
