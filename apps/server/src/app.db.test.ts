import { type EndpointName, endpoints } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { type App, createApp } from "./app.ts";
import { commandHandlers } from "./commands.ts";
import { mergeConversationTypes } from "./platform/conversation-types.ts";
import { createLogger } from "./platform/logger.ts";

const secretKey = "the-hosts-key-long-enough";
let database: TestDatabase;
let app: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await createApp({
    config: {
      port: 0,
      host: "127.0.0.1",
      publicUrl: "http://localhost:3000",
      dataDir: "/nowhere",
      databaseUrl: null,
      migrationDatabaseUrl: null,
      replicaUrls: [],
      redisUrl: null,
      workers: 1,
      demo: true,
      auth: { jwtSecret: "s".repeat(32), jwksUrl: null, audience: "parley", issuer: null, secretKey },
      allowedOrigins: [],
      logLevel: "silent",
      conversationTypes: mergeConversationTypes([]),
    },
    databaseUrl: database.url,
    logger: createLogger("error"),
  });
  await app.listen();
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function call(method: string, path: string, bearer?: string, body?: unknown) {
  const response = await fetch(app.url + path, {
    method,
    headers: {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

describe("signing in", () => {
  it("lets the people of the story in, by name, and nobody else", async () => {
    const { people } = (await call("GET", "/api/demo/people")).body;
    expect(people[0]).toMatchObject({ id: "ana", name: "Ana Weber", role: "buyer" });
    const signIn = await call("POST", "/api/demo/sign-in", undefined, { userId: "ana" });
    const session = await call("GET", "/api/session", signIn.body.token);
    expect(session.body).toEqual({
      ...{ user: signIn.body.user, expiresAt: signIn.body.expiresAt, demo: true },
      conversationTypes: expect.objectContaining({
        order: { openBy: "host", maxTextLength: 2_000, editWindowSeconds: 900, writers: "participants" },
      }),
      settings: { readReceipts: true },
    });
    expect((await call("POST", "/api/demo/sign-in", undefined, { userId: "eve" })).body.code).toBe("not_found");
  });
});

describe("profiles", () => {
  it("are made and changed by the host; what is left out stays", async () => {
    const put = (body: unknown) => call("PUT", "/api/users/j%C3%BCrg", secretKey, body);
    expect((await put({ name: "Jürg", role: "seller", picture: "/j.png" })).body).toEqual({
      user: { id: "jürg", name: "Jürg", role: "seller", picture: "/j.png" },
    });
    expect((await put({ picture: null })).body).toEqual({
      user: { id: "jürg", name: "Jürg", role: "seller", picture: null },
    });
    expect((await put({ name: "x".repeat(121) })).body).toMatchObject({ code: "invalid_request" });
  });

  it("have a decent name when nobody gave one", async () => {
    const { body } = await call("PUT", "/api/users/0193a-77f2", secretKey, {});
    expect(body.user.name).toBe("Guest 77f2");
  });
});

describe("the catalogue", () => {
  it("has every route of the server, and the server every route of the catalogue", () => {
    const served = listRoutes(app.http.printRoutes({ commonPrefix: false }));
    const ours = served.filter(
      (route) => !/^(HEAD|OPTIONS) | \/api\/docs|^GET \/(embed\.js|embed\/\*|\*)?$/.test(route),
    );
    const known = (Object.keys(endpoints) as EndpointName[]).map((name) => endpoints[name]);
    expect(ours.sort()).toEqual(known.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it("has every command that the server answers, and no other", async () => {
    const { commands } = await import("@parley/protocol");
    expect(Object.keys(commandHandlers).sort()).toEqual(Object.keys(commands).sort());
  });
});

/** Fastify prints its routes as a tree: four characters of indentation a level, each line with its part of the path. */
function listRoutes(tree: string): string[] {
  const branch: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indentation = "", part = "", methods] = /^([^/\w:*]*[─] )?(.*?)(?: \(([A-Z, ]+)\))?$/u.exec(line) ?? [];
    branch.splice(indentation.length / 4 - 1, Number.POSITIVE_INFINITY, part);
    return methods?.split(", ").map((method) => `${method} ${branch.join("")}`) ?? [];
  });
}
