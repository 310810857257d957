import { randomBytes, randomUUID } from "node:crypto";
import { get } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { type EndpointName, endpoints, limits } from "@parley/protocol";
import type { FastifyInstance, InjectOptions } from "fastify";
import { SignJWT } from "jose";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deps } from "../../deps.ts";
import { AppError } from "../app-error.ts";
import { SignOuts } from "../../features/auth/sign-outs.ts";
import { systemClock } from "../clock.ts";
import { mergeConversationTypes } from "../conversation-types.ts";
import { budgets } from "../limits/budgets.ts";
import { createMemoryRateLimiter } from "../limits/memory-rate-limiter.ts";
import { createMetrics } from "../metrics.ts";
import { createHttpServer } from "./create-http-server.ts";
import type { EndpointHandlers } from "./endpoint-handler.ts";
import { serviceRoutes } from "./service-routes.ts";

const jwtSecret = randomBytes(32).toString("hex");
const secretKey = randomBytes(32).toString("hex");
const message = {
  id: "m1",
  conversationId: "c1",
  seq: 1,
  version: 2,
  clientMessageId: "x",
  senderId: "ana",
  kind: "text",
  content: "Grüezi",
  replyTo: null,
  mentions: [],
  reactions: [],
  pinnedAt: null,
  createdAt: "2026-11-21T09:30:00.000Z",
  editedAt: null,
  deletedAt: null,
};

let http: FastifyInstance;
let handlers: Record<string, (...args: never[]) => unknown>;
let calls: { actor: unknown; input: unknown }[];
let pingFails: boolean;
const readiness = { draining: false };

beforeEach(async () => {
  calls = [];
  pingFails = false;
  readiness.draining = false;
  handlers = {};
  http = await createHttpServer(fakeDeps(), allHandlers());
});
afterEach(() => http.close());

/** Each endpoint records its call and answers with what the test put into `handlers`. */
function allHandlers(): EndpointHandlers {
  const names = Object.keys(endpoints) as EndpointName[];
  const recorded = names.map((name) => [
    name,
    async (_deps: Deps, actor: unknown, input: unknown) => {
      calls.push({ actor, input });
      return handlers[name]?.() ?? { body: {} };
    },
  ]);
  return { ...(Object.fromEntries(recorded) as EndpointHandlers), ...serviceRoutes(readiness) };
}

function fakeDeps(): Deps {
  const deps: Partial<Deps> = {
    config: {
      port: 0,
      host: "127.0.0.1",
      publicUrl: "https://chat.example",
      dataDir: "/nowhere",
      databaseUrl: null,
      migrationDatabaseUrl: null,
      replicaUrls: [],
      redisUrl: null,
      workers: 1,
      demo: false,
      auth: { jwtSecret, jwksUrl: null, audience: null, issuer: null, secretKey },
      allowedOrigins: ["https://shop.example"],
      logLevel: "silent",
      conversationTypes: mergeConversationTypes([]),
    },
    logger: pino({ level: "silent" }),
    clock: systemClock,
    metrics: createMetrics(),
    limiter: createMemoryRateLimiter(),
    budgets,
    signOuts: new SignOuts(),
    db: {
      query: async () => [],
      ping: async () => {
        if (pingFails) throw new Error("no connection");
      },
    } as unknown as Deps["db"],
  };
  return deps as Deps;
}

const token = (expires = "1h") =>
  new SignJWT({ name: "Ana" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("ana")
    .setExpirationTime(expires)
    .sign(Buffer.from(jwtSecret));
const asHost = { authorization: `Bearer ${secretKey}` };
const asAna = async () => ({ authorization: `Bearer ${await token()}` });

async function call(options: InjectOptions) {
  const response = await http.inject(options);
  return { status: response.statusCode, headers: response.headers, body: response.body, json: () => response.json() };
}

describe("who may call", () => {
  it("refuses a stranger, an expired token and a wrong key, each with its code", async () => {
    const get = { method: "GET", url: "/api/unread" } as const;
    expect((await call(get)).json()).toMatchObject({ code: "unauthenticated", status: 401 });
    const late = { authorization: `Bearer ${await token("-10s")}` };
    expect((await call({ ...get, headers: late })).json()).toMatchObject({ code: "token_expired" });
    const wrong = { authorization: `Bearer ${secretKey}x` };
    expect((await call({ ...get, headers: wrong })).json()).toMatchObject({ code: "unauthenticated" });
    expect(calls).toEqual([]);
  });

  it("keeps people and host to their endpoints", async () => {
    const put = { method: "PUT", url: "/api/users/ben", payload: {} } as const;
    expect((await call({ ...put, headers: await asAna() })).json()).toMatchObject({ code: "forbidden" });
    expect((await call({ method: "GET", url: "/api/unread", headers: asHost })).status).toBe(403);
    handlers.putUser = () => ({ body: { user: { id: "ben", name: "Ben", picture: null, role: null } } });
    expect((await call({ ...put, headers: asHost })).status).toBe(200);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.actor).toEqual({ kind: "host" });
  });

  it("takes the cookie for reading from no foreign page, and for writing only from a page of ours", async () => {
    handlers.getUnread = () => ({ body: { total: 0, conversations: {} } });
    handlers.markAllRead = () => ({ body: { unread: 0, total: 0 } });
    const cookies = { parley_token: await token() };
    const read = (headers: Record<string, string>) => call({ method: "GET", url: "/api/unread", cookies, headers });
    const write = (headers: Record<string, string>) =>
      call({ method: "POST", url: "/api/conversations/read-all", cookies, headers });
    const foreign = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
    ];
    for (const reply of [write({}), ...foreign.flatMap((headers) => [read(headers), write(headers)])]) {
      expect((await reply).json()).toMatchObject({ code: "origin_not_allowed" });
    }
    const ours = [
      ...[{ origin: "https://chat.example" }, { origin: "https://shop.example" }, { "sec-fetch-site": "same-origin" }],
      { origin: "http://localhost:3000", host: "localhost:3000" },
    ];
    const typed = [read({}), read({ "sec-fetch-site": "none" })];
    const fine = [...typed, ...ours.flatMap((headers) => [read(headers), write(headers)])];
    for (const reply of fine) expect((await reply).status).toBe(200);
  });
});

describe("what a caller sends", () => {
  const send = async (payload: string | object, headers: Record<string, string> = {}) =>
    call({
      method: "POST",
      url: "/api/conversations/c1/messages",
      headers: { ...(await asAna()), "content-type": "application/json", ...headers },
      payload,
    });

  it("answers every bad body with a problem that does not repeat it", async () => {
    const secretWord = "Geheimnis";
    const bodies: (string | object)[] = [
      `{"clientMessageId": "${secretWord}`,
      `{"clientMessageId":"a","content":"b","__proto__":{"${secretWord}":1}}`,
      `{"clientMessageId":"a","content":"b","constructor":{"prototype":{"${secretWord}":1}}}`,
      { clientMessageId: "a", content: `${secretWord}\u0000` },
      { clientMessageId: "a", content: "b", [secretWord]: secretWord },
      { clientMessageId: "a", content: "b", kind: secretWord },
      `"${secretWord}"`,
      "[]",
      "null",
      `${"[".repeat(30_000)}${"]".repeat(30_000)}`,
      "",
    ];
    for (const body of bodies) {
      const response = await send(body);
      expect(response.status).toBe(400);
      expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
      expect(response.json()).toMatchObject({ code: "invalid_request", retryable: false });
      expect(response.body).not.toContain(secretWord);
    }
    expect(calls).toEqual([]);
  });

  it("names the field that is wrong", async () => {
    const { errors } = (await send({ clientMessageId: "a", content: " " })).json();
    expect(errors).toEqual([{ path: "content", code: "custom", message: "Must not be empty." }]);
  });

  it.each(['{"content": ', '{"__proto__": {"a": 1}}'])("says that %s is no JSON that it takes", async (body) => {
    const problem = (await send(body)).json();
    expect(problem).toMatchObject({ code: "invalid_request", detail: "The body is not valid JSON." });
  });

  it("takes no body as one that says nothing, but null as null", async () => {
    handlers.putUser = () => ({ body: { user: { id: "ben", name: "Ben", picture: null, role: null } } });
    const put = (more: InjectOptions) => call({ method: "PUT", url: "/api/users/ben", ...more });
    expect((await put({ headers: asHost })).status).toBe(200);
    const json = { ...asHost, "content-type": "application/json" };
    expect((await put({ headers: json, payload: "" })).status).toBe(200);
    expect((await put({ headers: json, payload: "null" })).json()).toMatchObject({ code: "invalid_request" });
  });

  it("refuses what is too large or no JSON", async () => {
    expect((await send({ content: "x".repeat(70_000) })).json()).toMatchObject({
      code: "payload_too_large",
      status: 413,
    });
    const asText = await send("hello", { "content-type": "text/plain" });
    expect(asText.json()).toMatchObject({ code: "unsupported_media_type", status: 415 });
  });

  it("takes as many versions and positions as one sync may carry, by a real connection", async () => {
    handlers.sync = () => ({ body: { changes: [], receipts: [], preferences: [], gone: [], more: false } });
    const url = await http.listen({ port: 0, host: "127.0.0.1" });
    const headers = { ...(await asAna()), "content-type": "application/json" };
    const sync = (body: object) =>
      fetch(`${url}/api/sync`, { method: "POST", headers, body: JSON.stringify(body) }).then(({ status }) => status);
    const ids = Array.from({ length: limits.syncVersions }, () => randomUUID());
    const held = Object.fromEntries(ids.map((id) => [id, Number.MAX_SAFE_INTEGER]));
    expect(await sync({ versions: held, positions: held })).toBe(200);
    expect(calls[0]?.input).toMatchObject({ body: { versions: held, positions: held } });
    expect(await sync({ versions: {}, filler: "x".repeat(limits.syncBodyBytes) })).toBe(413);
  });

  it("finds nothing under an id that cannot be one, and takes a long one with umlauts", async () => {
    const get = async (id: string) => call({ method: "GET", url: `/api/conversations/${id}`, headers: await asAna() });
    for (const id of ["%00", "a".repeat(129), "%ED%A0%80"]) {
      const { status } = await get(id);
      expect([400, 404]).toContain(status);
    }
    expect(calls).toEqual([]);
    const undecodable = await call({ method: "GET", url: "/c/%E0%A4%A?q=%" });
    expect(undecodable).toMatchObject({ status: 404, headers: { "content-security-policy": expect.any(String) } });
    await get(encodeURIComponent("ü".repeat(128)));
    expect(calls[0]?.input).toMatchObject({ params: { id: "ü".repeat(128) } });
  });

  it("checks the query", async () => {
    const list = async (query: string) =>
      call({ method: "GET", url: `/api/conversations/c1/messages?${query}`, headers: await asAna() });
    handlers.listMessages = () => ({ body: { messages: [], hasMore: false } });
    for (const query of ["limit=0", "limit=101", "limit=a", "before=1&after=2", "nonsense=1", "before=1&before=2"]) {
      expect((await list(query)).json()).toMatchObject({ code: "invalid_request" });
    }
    expect((await list("before=7")).status).toBe(200);
    expect(calls[0]?.input).toMatchObject({ query: { limit: 50, before: 7 } });
  });
});

describe("what comes back", () => {
  it("drops what the contract does not name, and is not kept by caches", async () => {
    handlers.sendMessage = () => ({ status: 201, body: { message: { ...message, secret: "x" }, more: 1 } });
    const payload = { clientMessageId: "x", content: "Grüezi" };
    const response = await call({
      method: "POST",
      url: "/api/conversations/c1/messages",
      headers: await asAna(),
      payload,
    });
    expect(response.status).toBe(201);
    expect(response.json()).toEqual({ message });
    expect(response.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
    });
  });

  it("says when to come back, in whole seconds", async () => {
    handlers.getUnread = () => {
      throw new AppError("rate_limited", { retryAfterMs: 1_200 });
    };
    const response = await call({ method: "GET", url: "/api/unread", headers: await asAna() });
    expect(response.status).toBe(429);
    expect(response.headers["retry-after"]).toBe("2");
    expect(response.json()).toMatchObject({ code: "rate_limited", retryable: true, retryAfterMs: 1_200 });
  });

  it("hides what went wrong inside", async () => {
    handlers.getUnread = () => {
      throw new Error("relation users is broken");
    };
    const response = await call({ method: "GET", url: "/api/unread", headers: await asAna() });
    expect(response.json()).toMatchObject({ code: "internal", status: 500 });
    expect(response.body).not.toContain("users");
  });

  it("counts nobody as failed who left before all of a file was out", async () => {
    let state = "new";
    http.get("/file", async (_request, reply) => {
      state = "asked for";
      await new Promise((resolve) => reply.raw.once("close", resolve));
      setImmediate(() => (state = "over"));
      throw Object.assign(new Error("Premature close"), { code: "ERR_STREAM_PREMATURE_CLOSE" });
    });
    const url = await http.listen({ port: 0, host: "127.0.0.1" });
    const request = get(`${url}/file`).on("error", () => {});
    await expect.poll(() => state).toBe("asked for");
    request.destroy();
    await expect.poll(() => state).toBe("over");
    const metrics = await call({ method: "GET", url: "/metrics", headers: asHost });
    expect(metrics.body).not.toContain('parley_http_refused_total{code="internal"}');
  });

  it("knows only what is in the catalogue", async () => {
    for (const url of ["/api/nothing", "/api/demo/people", "/nothing", "/api/%E0%A4%A"]) {
      const response = await call({ method: "GET", url });
      expect([400, 404]).toContain(response.status);
      expect(response.headers["content-type"]).toContain("application/problem+json");
    }
    expect((await call({ method: "DELETE", url: "/api/unread" })).status).toBe(404);
  });

  it("sets the headers that keep foreign code out", async () => {
    const { headers } = await call({ method: "GET", url: "/healthz" });
    expect(headers["content-security-policy"]).toContain("script-src 'self';");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'self' https://shop.example");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(headers["strict-transport-security"]).toBeDefined();
  });

  it("lets the allowed origins in by CORS, with credentials, and no others", async () => {
    const preflight = (origin: string) =>
      call({
        method: "OPTIONS",
        url: "/api/unread",
        headers: {
          origin,
          "access-control-request-method": "PATCH",
          "access-control-request-headers": "authorization",
        },
      });
    const allowed = (await preflight("https://shop.example")).headers;
    expect(allowed["access-control-allow-origin"]).toBe("https://shop.example");
    expect(allowed["access-control-allow-credentials"]).toBe("true");
    expect((await preflight("https://evil.example")).headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("what is not HTTP", () => {
  it.each([
    ["nonsense", "GET / HTTP/9\r\n\r\n", 400, "invalid_request"],
    ["endless headers", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(40_000)}\r\n\r\n`, 413, "payload_too_large"],
  ])("is refused: %s", async (_what, sent, status, code) => {
    await http.listen({ port: 0, host: "127.0.0.1" });
    const socket = connect((http.server.address() as AddressInfo).port, "127.0.0.1");
    socket.write(sent);
    const answer = await text(socket);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain(`"code":"${code}"`);
  });
});

describe("the service", () => {
  it("is ready while the database answers and it is not stopping", async () => {
    const ready = () => call({ method: "GET", url: "/readyz" });
    expect((await ready()).json()).toEqual({ status: "ready" });
    pingFails = true;
    expect((await ready()).json()).toMatchObject({ code: "unavailable", status: 503 });
    pingFails = false;
    readiness.draining = true;
    expect((await ready()).headers["retry-after"]).toBe("1");
    expect((await call({ method: "GET", url: "/healthz" })).json()).toEqual({ status: "ok" });
  });

  it("answers a request that is whole only when it stops, as always", async () => {
    await http.listen({ port: 0, host: "127.0.0.1" });
    const socket = connect((http.server.address() as AddressInfo).port, "127.0.0.1");
    const answer = text(socket);
    socket.write("GET /api/session HTTP/1.1\r\nHost: x\r\n");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = http.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.write("\r\n");
    expect(await answer).toContain('"code":"unauthenticated"');
    await closed;
  });

  it("shows metrics as text", async () => {
    const { headers, body } = await call({ method: "GET", url: "/metrics" });
    expect(headers["content-type"]).toContain("text/plain");
    expect(body).toContain("parley_connections 0");
  });
});
