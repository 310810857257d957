import {
  type CommandName,
  commands,
  type Endpoint,
  type EndpointName,
  endpoints,
  limits,
  problem,
} from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpCaller, pathOf, type Reply } from "../support/http-caller.ts";
import { type Scene, sampleCall, sampleCommand, setScene } from "../support/sample-calls.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";

const deep = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));
const parsed = (json: string): unknown => JSON.parse(json);

/** Values that are wrong in most places. */
const JUNK: Readonly<Record<string, unknown>> = {
  null: null,
  true: true,
  zero: 0,
  negative: -1,
  fraction: 1.5,
  huge: 1e300,
  beyond: Number.MAX_SAFE_INTEGER + 1,
  numeral: "1",
  nan: "NaN",
  empty: "",
  blank: " \n\t",
  nul: "a\u0000b",
  surrogate: "\ud800",
  long: "x".repeat(limits.textLength * 2 + 1),
  array: [],
  arrays: deep(200),
  object: {},
  proto: parsed('{"__proto__": {"admin": true}}'),
  constructor: parsed('{"constructor": {"prototype": {"admin": true}}}'),
};

/** What is right all the same, by place: `name.field.junk`. Everything else must be refused. */
const RIGHT = [
  /^putUser\.name\.(numeral|nan|empty|blank)$/,
  /^putUser\.(role|locale)\.(null|numeral|nan|empty|blank)$/,
  /^putUser\.(picture|email)\.null$/,
  /^openConversation\.title\.(numeral|nan|empty|blank)$/,
  /^changeConversation\.title\.(null|numeral|nan|empty|blank)$/,
  /^(sendMessage|message:send)\.(clientMessageId|content)\.(numeral|nan)$/,
  /^(sendMessage|message:send)\.clientMessageId\.blank$/,
  /^(sendMessage|message:send)\.mentions\.array$/,
  /^(editMessage|message:edit)\.content\.(numeral|nan)$/,
  /^(markRead|markDelivered|receipt:read|receipt:delivered)\.seq\.zero$/,
  /^addParticipant\.userId\.(numeral|nan|blank)$/,
  /^sync\.(versions|positions)\.object$/,
  /^sync\.preferenceSum\.zero$/,
  /^changePreferences\.(pinned|archived|markedUnread)\.true$/,
  /^changePreferences\.mutedUntil\.null$/,
  /^changeSettings\.readReceipts\.true$/,
  /^conversation:leave\.conversationId\.(numeral|nan|blank)$/,
];

/** Bodies that are not even an object. */
const BODIES = ["{", "nonsense", "null", "[]", "42", '"text"', "true", '{"a":1}}', '{"a":NaN}', '"\\ud800"'];

let server: TestServer;
let scene: Scene;
let callers: Record<"owner" | "participant" | "host", HttpCaller>;
beforeAll(async () => {
  server = await startServer();
  scene = await setScene(server);
  callers = { owner: server.asUser("owner"), participant: server.asUser("participant"), host: server.asHost };
  for (const caller of [callers.owner, callers.participant]) await caller("getSession");
});
afterAll(() => server.stop());

/** How many rows there are, and what stands in them. */
async function stored(): Promise<unknown> {
  const tables = ["users", "conversations", "participants", "former_participants", "messages"];
  const sums = tables.map(
    (table) => `(SELECT count(*) || md5(string_agg(t::text, ',' ORDER BY t::text)) FROM ${table} t)`,
  );
  return server.sql(`SELECT ${sums.join(", ")}`);
}

/** Runs what must store nothing. */
async function storingNothing(run: () => Promise<void>): Promise<void> {
  const before = await stored();
  await run();
  expect(await stored()).toEqual(before);
  expect((await server.asNobody.try("healthz")).status).toBe(200);
  expect(server.complaints).toEqual([]);
}

function expectRefused({ status, body }: Reply<unknown>, what: string): void {
  expect([what, status >= 400 && status < 500, problem.safeParse(body).success]).toEqual([what, true, true]);
}

/** The ways in which a payload can be wrong in one field, each with a name. */
function* wrongPayloads(name: string, good: Record<string, unknown>, optional: readonly string[]) {
  for (const field of Object.keys(good)) {
    for (const [kind, junk] of Object.entries(JUNK)) {
      const what = `${name}.${field}.${kind}`;
      if (!RIGHT.some((right) => right.test(what))) yield { what, payload: { ...good, [field]: junk } };
    }
    const { [field]: _, ...rest } = good;
    if (!optional.includes(field)) yield { what: `${name}.${field}.missing`, payload: rest };
  }
  yield { what: `${name}.unknown`, payload: { ...good, unknown: 1 } };
  const own = JSON.stringify(good).slice(0, -1);
  const comma = own.length > 1 ? "," : "";
  yield { what: `${name}.__proto__`, payload: parsed(`${own}${comma}"__proto__":{"admin":true}}`) };
  yield { what: `${name}.constructor`, payload: parsed(`${own}${comma}"constructor":{"prototype":{}}}`) };
}

const OPTIONAL = [
  ...["name", "picture", "email", "locale", "role", "title", "status", "positions", "preferenceSum"],
  ...["pinned", "mutedUntil", "archived", "markedUnread", "readReceipts", "replyToSeq", "mentions"],
];
const withBody = (Object.keys(endpoints) as EndpointName[]).filter((name) => "body" in endpoints[name]);
const withParams = (Object.keys(endpoints) as EndpointName[]).filter((name) => "params" in endpoints[name]);

function callerOf(name: EndpointName): HttpCaller {
  if (name === "putUser") return callers.host;
  return /^(edit|delete|restore)Message$/.test(name) ? callers.participant : callers.owner;
}

describe("a bad body", () => {
  it.each(withBody)("of %s is refused in each field", async (name) => {
    const { method } = endpoints[name];
    const { params, body = {} } = sampleCall(name, scene);
    await storingNothing(async () => {
      const optional = name === "changeParticipant" ? [] : OPTIONAL;
      for (const { what, payload } of wrongPayloads(name, body, optional)) {
        expectRefused(await callerOf(name).raw(method, pathOf(name, params), JSON.stringify(payload)), what);
      }
    });
  });

  it.each(withBody)("of %s is refused when it is no object, too large, or no JSON", async (name) => {
    const { method } = endpoints[name];
    const { params, body } = sampleCall(name, scene);
    const caller = callerOf(name);
    const path = pathOf(name, params);
    await storingNothing(async () => {
      for (const wrong of BODIES) expectRefused(await caller.raw(method, path, wrong), wrong);
      const padded = JSON.stringify({ ...body, padding: "x".repeat(limits.syncBodyBytes) });
      expect(await caller.raw(method, path, padded)).toMatchObject({
        status: 413,
        body: { code: "payload_too_large" },
      });
      for (const type of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
      ]) {
        const reply = await caller.raw(method, path, JSON.stringify(body), { "content-type": type });
        expect(reply).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
      }
    });
  });
});

describe("a bad part of a body", () => {
  const person = { userId: "zoe" };
  const subject = { type: "order", id: "1" };
  it.each([
    ["openConversation", { type: "group", participants: [] }],
    ["openConversation", { type: "group", participants: [{}] }],
    ["openConversation", { type: "group", participants: [{ userId: "" }] }],
    ["openConversation", { type: "group", participants: [{ userId: "a\u0000" }] }],
    ["openConversation", { type: "group", participants: [{ userId: "x".repeat(129) }] }],
    ["openConversation", { type: "group", participants: [{ ...person, role: "king" }] }],
    ["openConversation", { type: "group", participants: [{ ...person, admin: true }] }],
    ["openConversation", { type: "group", participants: Array.from({ length: 501 }, (_, n) => ({ userId: `${n}` })) }],
    ["openConversation", { type: "group", participants: [person], subject: {} }],
    ["openConversation", { type: "group", participants: [person], subject: { ...subject, id: "" } }],
    [
      "openConversation",
      { type: "group", participants: [person], subject: { ...subject, url: "javascript:alert(1)" } },
    ],
    ["openConversation", { type: "group", participants: [person], subject: { ...subject, title: "\ud800" } }],
    ["openConversation", { type: "__proto__", participants: [person] }],
    ["openConversation", { type: "constructor", participants: [person] }],
    ["changeConversation", {}],
    ["changeConversation", { subject: { url: "data:text/html,x" } }],
    ["changeConversation", { subject: { id: "2" } }],
    ["changeConversation", { type: "group" }],
    ["changePreferences", {}],
    ["changePreferences", { mutedUntil: "2026-13-41T00:00:00.000Z" }],
    ["changePreferences", { mutedUntil: "+012026-01-01T00:00:00.000Z" }],
    ["changePreferences", { pinned: true, version: 7 }],
    ["changeSettings", { readReceipts: null }],
    ["addReaction", { emoji: "👍👍" }],
    ["addReaction", { emoji: "a" }],
    ["addReaction", { emoji: "©" }],
    ["sendMessage", { clientMessageId: "x", content: "x", replyToSeq: 2_000_000 }],
    ["sendMessage", { clientMessageId: "x", content: "x", mentions: [""] }],
    ["sendMessage", { clientMessageId: "x", content: "x", mentions: [1] }],
    ["sendMessage", { clientMessageId: "x", content: "x", mentions: ["a\u0000"] }],
    ["sendMessage", { clientMessageId: "x", content: "x", mentions: ["\ud800"] }],
    ["sendMessage", { clientMessageId: "x", content: "x", mentions: Array.from({ length: 21 }, (_, n) => `${n}`) }],
    ["putUser", { picture: "javascript:alert(1)" }],
    ["putUser", { picture: "//elsewhere.example/x.png" }],
    ["putUser", { admin: true }],
    ["sync", { versions: { "": 1 } }],
    ["sync", { versions: { a: -1 } }],
    ["sync", { versions: { a: "1" } }],
    ["sync", { versions: { "a\u0000": 1 } }],
    ["sync", { versions: parsed('{"__proto__": 1}') }],
    ["sync", { versions: Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`${n}`, 1])) }],
  ] as [EndpointName, unknown][])("%s %j", async (name, body) => {
    const { params } = sampleCall(name, scene);
    await storingNothing(async () => {
      const reply = await callerOf(name).raw(endpoints[name].method, pathOf(name, params), JSON.stringify(body));
      expectRefused(reply, name);
    });
  });
});

describe("a bad path", () => {
  const UNKNOWN = [
    ...[
      "%00",
      "a%00b",
      "%ED%A0%80",
      "%",
      "%zz",
      "x".repeat(129),
      "%F0%9F%92%A5",
      "__proto__",
      "constructor",
      "0",
      "-1",
    ],
    ...["null", "NaN", "%20", "%2e%2e%2f", "%27%20OR%201=1", "01932c9f-7a4b-7000-8000-00000000000g", "x".repeat(9_000)],
  ];
  /** The host may give such ids to its users. */
  const FINE_FOR_USERS = /^(%F0|__|constr|0$|-1|null|NaN|%20|%2e|%27|0193)/;

  it.each(withParams)("of %s leads to nothing", async (name) => {
    const { method }: Endpoint = endpoints[name];
    const { params, body } = sampleCall(name, scene);
    const json = body && JSON.stringify(body);
    await storingNothing(async () => {
      for (const key of Object.keys(params).filter((key) => endpoints[name].path.includes(`:${key}`))) {
        for (const id of UNKNOWN) {
          if (name === "putUser" && FINE_FOR_USERS.test(id)) continue;
          // An emoji is in its place there; nobody has reacted with it.
          if (key === "emoji" && id.startsWith("%F0")) continue;
          const path = pathOf(name, { ...params, [key]: "ID" }).replace("ID", id);
          expectRefused(await callerOf(name).raw(method, path, json), `${method} ${path}`);
        }
      }
    });
  });
});

describe("a bad query", () => {
  const pages = [
    "limit=0",
    "limit=-1",
    "limit=101",
    "limit=x",
    "limit=1.5",
    "limit=1e99",
    "limit=NaN",
    "limit=1&limit=2",
  ];
  it.each([
    ...[...pages, "filter=none", "cursor=x", `cursor=${"x".repeat(300)}`, "type=", "unknown=1"].map(
      (query) => `/api/conversations?${query}`,
    ),
    ...["subjectId=%00", "q=a%00b", "q=%20", "box=none"].map((query) => `/api/conversations?${query}`),
    `/api/conversations?cursor=${Buffer.from("2026-13-41T99:00:00.000Z 01932c9f-7a4b-7000-8000-000000000000").toString("base64url")}`,
    `/api/conversations?cursor=${Buffer.from("2026-02-30T00:00:00.000Z 01932c9f-7a4b-7000-8000-000000000000").toString("base64url")}`,
    `/api/search?q=word&cursor=${Buffer.from("2026-02-30T00:00:00.000Z 01932c9f-7a4b-7000-8000-000000000000 1").toString("base64url")}`,
    `/api/conversations?cursor=${Buffer.from("0000-01-01T00:00:00.000Z 01932c9f-7a4b-7000-8000-000000000000").toString("base64url")}`,
    ...[
      ...pages,
      "before=-1",
      "before=x",
      "after=1.5",
      "around=9007199254740993",
      "before=1&after=2",
      "__proto__=1",
    ].map((query) => `/api/conversations/ID/messages?${query}`),
  ])("%s is refused", async (path) => {
    expectRefused(await callers.owner.raw("GET", path.replace("ID", scene.id)), path);
    expect(server.complaints).toEqual([]);
  });
});

describe("a bad command", () => {
  let socket: TestSocket;
  const WHOLE = [null, 42, "text", [], [{}], true, deep(50), Buffer.from("binary"), "x".repeat(30_000)];

  async function expectRefusal(name: CommandName, what: string, ...payload: unknown[]): Promise<void> {
    for (;;) {
      const answer = await socket.raw(name, ...payload);
      const code = answer.ok ? "ok" : answer.error.code;
      if (code === "rate_limited") {
        await new Promise((resolve) => setTimeout(resolve, 200));
        continue;
      }
      expect([what, answer.ok, code === "internal"]).toEqual([what, false, false]);
      if (!answer.ok) expect(problem.safeParse(answer.error).error).toBeUndefined();
      return;
    }
  }

  it.each(Object.keys(commands) as CommandName[])("%s is refused in each field and as a whole", async (name) => {
    const userId = name.startsWith("message:") ? "participant" : "owner";
    socket = await server.socket(userId);
    const good = await sampleCommand(name, scene, userId);
    await storingNothing(async () => {
      for (const { what, payload } of wrongPayloads(name, good, OPTIONAL)) await expectRefusal(name, what, payload);
      for (const whole of WHOLE) await expectRefusal(name, `${name} ${JSON.stringify(whole)?.slice(0, 40)}`, whole);
      await expectRefusal(name, `${name} without a payload`);
      await expectRefusal(name, `${name} with two payloads`, good, good);
    });
    socket.close();
  });

  it("of no such name is refused", async () => {
    socket = await server.socket("owner");
    for (const name of ["__proto__", "constructor", "toString", "message:sent", ""]) {
      expect(await socket.raw(name as CommandName, {})).toMatchObject({
        ok: false,
        error: { code: "invalid_request" },
      });
    }
    expect(await socket.raw("presence:set", { status: "online" })).toMatchObject({ ok: true });
  });
});
