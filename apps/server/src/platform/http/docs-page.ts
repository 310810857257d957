import { createHash } from "node:crypto";
import scalarApiReference from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";

const PREFIX = "/api/docs";

/** The reference page of the HTTP interface, from the package's own bundle: it asks nobody but this server. */
export async function registerDocsPage(http: FastifyInstance): Promise<void> {
  http.addHook("onSend", async (request, reply, payload) => {
    if (!request.url.startsWith(PREFIX) || reply.statusCode !== 200) return payload;
    if (typeof payload === "string" && payload.startsWith("<!doctype html>")) {
      reply.header("content-security-policy", pagePolicy(payload));
    }
    reply.header("cache-control", "public, max-age=3600");
    return payload;
  });
  await http.register(scalarApiReference, {
    routePrefix: PREFIX,
    configuration: {
      url: "/api/openapi.json",
      pageTitle: "Parley API",
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: "never",
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
}

/** Only the page's own script in place may run, besides the bundle; the bundle brings its styles along. */
function pagePolicy(html: string): string {
  const hashes = [...html.matchAll(/<script[^>]*>([^<]+)<\/script>/g)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}
