import fastifyCookie from "@fastify/cookie";
import { fastify } from "fastify";
import { expect, it } from "vitest";
import { blockOf, firstAnswers } from "./first-answers.ts";

const NASTY = "</script><script>alert(1)</script><!--";

/** The answers that the page of that address gets. */
async function answersFor(address: string, { cookie = "parley_token=anas", text = NASTY } = {}) {
  const http = fastify();
  const asked: string[] = [];
  await http.register(fastifyCookie);
  http.addHook("onRequest", async ({ method, url, headers }) => {
    if (url.startsWith("/api/")) asked.push(`${method} ${url} ${headers.authorization}`);
  });
  http.get("/api/session", () => ({ user: { id: "ana" } }));
  http.get("/api/settings", (_request, reply) => reply.code(503).send({ code: "unavailable" }));
  http.post("/api/sync", ({ body }) => ({ sent: body, text }));
  http.get("/api/conversations/:id/messages", () => ({ messages: [{ content: text }] }));
  http.get("/api/conversations/:id/pins", (_request, reply) => reply.code(404).send({ code: "not_found" }));
  http.get("/*", async (request, reply) => {
    const answers = await firstAnswers(http, request);
    return reply.type("text/html").send(answers.size === 0 ? "" : blockOf(answers));
  });
  const { body } = await http.inject({ url: address, headers: { cookie } });
  await http.close();
  const json = /^<script type="application\/json" id="first-answers">(.*)<\/script>$/s.exec(body)?.[1];
  return { asked, body, json, answers: json === undefined ? null : (JSON.parse(json) as Record<string, unknown>) };
}

it("holds what the app asks first, and leaves out what was refused", async () => {
  const { answers, asked } = await answersFor("/c/7?q=x");
  expect(answers).toEqual({
    "GET /api/session": { user: { id: "ana" } },
    "POST /api/sync": { sent: { versions: {}, positions: {} }, text: NASTY },
    "GET /api/conversations/7/messages?limit=50": { messages: [{ content: NASTY }] },
  });
  expect(asked).toContain("GET /api/session Bearer anas");
});

it("does not let a message out of its element", async () => {
  const { json } = await answersFor("/c/7");
  expect(json).not.toContain("<");
});

it("asks for no conversation where none is shown, or for another place in it", async () => {
  for (const address of ["/", "/c/7/m/3", "/c/", "/x/c/7"]) {
    const { asked } = await answersFor(address);
    expect(asked.some((request) => request.includes("/conversations/"))).toBe(false);
  }
});

it("says nothing to strangers, and asks nothing for them", async () => {
  const { body, asked } = await answersFor("/c/7", { cookie: "other=1" });
  expect({ body, asked }).toEqual({ body: "", asked: [] });
});

it("leaves out what would hold up the page", async () => {
  const { answers } = await answersFor("/c/7", { text: "x".repeat(120_000) });
  expect(Object.keys(answers ?? {})).toEqual(["GET /api/session"]);
});
