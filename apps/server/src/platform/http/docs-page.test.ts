import { createHash } from "node:crypto";
import { fastify } from "fastify";
import { expect, it } from "vitest";
import { registerDocsPage } from "./docs-page.ts";

it("shows the reference without asking anybody but this server", async () => {
  const http = fastify();
  await registerDocsPage(http);
  const { body, headers } = await http.inject("/api/docs/");
  const [, inline = ""] = /<script[^>]*>([^<]+)<\/script>/.exec(body) ?? [];
  const hash = createHash("sha256").update(inline).digest("base64");
  expect(headers["content-security-policy"]).toContain(`script-src 'self' 'sha256-${hash}'`);
  expect(headers["content-security-policy"]).toContain("connect-src 'self'");
  expect(body).not.toMatch(/https?:\/\//);
  expect(inline).toContain('"url": "/api/openapi.json"');
  const bundle = await http.inject("/api/docs/js/scalar.js");
  expect(bundle.statusCode).toBe(200);
  expect(bundle.body.length).toBeGreaterThan(1_000_000);
  await http.close();
});
