import { type CommandName, commands, type EndpointName, endpoints, type Problem } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HttpCaller, pathOf } from "../support/http-caller.ts";
import { CANARY, type Scene, sampleCall, sampleCommand, setScene } from "../support/sample-calls.ts";
import { SECRET_KEY, signToken, startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";

const ACTORS = ["owner", "participant", "outsider", "removed", "expired", "nobody", "host"] as const;
type ActorName = (typeof ACTORS)[number];
/** 200 and 201 by status, refusals by code; in the order of ACTORS. */
type Row = readonly [unknown, unknown, unknown, unknown, unknown, unknown, unknown];

const EXPIRED = "token_expired";
const NOBODY = "unauthenticated";
const people = (status: number): Row => [status, status, status, status, EXPIRED, NOBODY, "forbidden"];
const participants = (status: number): Row => [status, status, "not_found", "not_found", EXPIRED, NOBODY, "forbidden"];
const sender: Row = ["forbidden", 200, "not_found", "not_found", EXPIRED, NOBODY, "forbidden"];
const managers = (status: number): Row => [status, "forbidden", "not_found", "not_found", EXPIRED, NOBODY, status];
const everybody: Row = [200, 200, 200, 200, 200, 200, 200];

const endpointRows: Record<EndpointName, Row> = {
  putUser: ["forbidden", "forbidden", "forbidden", "forbidden", EXPIRED, NOBODY, 200],
  getSession: people(200),
  signOut: people(200),
  signOutUser: ["forbidden", "forbidden", "forbidden", "forbidden", EXPIRED, NOBODY, 200],
  openConversation: [201, 201, 201, 201, EXPIRED, NOBODY, 201],
  listConversations: people(200),
  getConversation: participants(200),
  changeConversation: managers(200),
  listMessages: participants(200),
  sendMessage: [201, 201, "not_found", "not_found", EXPIRED, NOBODY, 201],
  editMessage: sender,
  deleteMessage: sender,
  restoreMessage: sender,
  addReaction: participants(200),
  removeReaction: participants(200),
  pinMessage: participants(200),
  unpinMessage: participants(200),
  listPins: participants(200),
  changePreferences: participants(200),
  getSettings: people(200),
  changeSettings: people(200),
  search: people(200),
  markRead: participants(200),
  markDelivered: participants(200),
  markAllRead: people(200),
  getUnread: people(200),
  addParticipant: managers(201),
  changeParticipant: managers(200),
  removeParticipant: managers(200),
  sync: people(200),
  listDemoPeople: everybody,
  demoSignIn: everybody,
  getOpenApi: everybody,
  getAsyncApi: everybody,
  healthz: everybody,
  readyz: everybody,
  metrics: everybody,
};

/** Sockets are opened by people alone: the last three do not get in. */
const commandRows: Record<CommandName, readonly [unknown, unknown, unknown, unknown]> = {
  "conversation:join": ["ok", "ok", "not_found", "not_found"],
  "conversation:leave": ["ok", "ok", "ok", "ok"],
  "message:send": ["ok", "ok", "not_found", "not_found"],
  "message:edit": ["forbidden", "ok", "not_found", "not_found"],
  "message:delete": ["forbidden", "ok", "not_found", "not_found"],
  "message:restore": ["forbidden", "ok", "not_found", "not_found"],
  "reaction:add": ["ok", "ok", "not_found", "not_found"],
  "reaction:remove": ["ok", "ok", "not_found", "not_found"],
  "receipt:read": ["ok", "ok", "not_found", "not_found"],
  "receipt:delivered": ["ok", "ok", "not_found", "not_found"],
  "typing:start": ["ok", "ok", "not_found", "not_found"],
  "typing:stop": ["ok", "ok", "not_found", "not_found"],
  "presence:set": ["ok", "ok", "ok", "ok"],
  "auth:refresh": ["ok", "ok", "ok", "ok"],
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.asHost("putUser", { params: { id: "tom" }, body: { name: `Tom ${CANARY}` } });
});
afterAll(() => server.stop());

/** Everything that is stored of the scene. */
const stored = async ({ id }: Scene): Promise<unknown> =>
  server.sql(
    `SELECT to_jsonb(c) AS conversation,
       (SELECT jsonb_agg(to_jsonb(p) ORDER BY user_id) FROM participants p WHERE conversation_id = c.id) AS participants,
       (SELECT jsonb_agg(to_jsonb(m) ORDER BY seq) FROM messages m WHERE conversation_id = c.id) AS messages
     FROM conversations c WHERE c.id = $1`,
    [id],
  );

const isOut = (actor: ActorName) => actor !== "owner" && actor !== "participant" && actor !== "host";

describe("every route", () => {
  const callers: Record<ActorName, () => Promise<HttpCaller>> = {
    owner: async () => server.asUser("owner"),
    participant: async () => server.asUser("participant"),
    outsider: async () => server.asUser("outsider"),
    removed: async () => server.asUser("removed"),
    expired: async () => server.withToken(await signToken("owner", { expiresInSeconds: -60 })),
    nobody: async () => server.asNobody,
    host: async () => server.asHost,
  };

  async function call(name: EndpointName, scene: Scene, actor: ActorName) {
    const { params, body } = sampleCall(name, scene, actor === "host");
    const caller = await callers[actor]();
    const json = body === undefined ? undefined : JSON.stringify(body);
    const query = name === "search" ? { q: CANARY } : {};
    const reply = await caller.raw(endpoints[name].method, pathOf(name, params, query), json);
    return { ...reply, code: typeof reply.body === "object" ? (reply.body as Partial<Problem>).code : undefined };
  }

  it("has its row here", () => {
    expect(Object.keys(endpointRows).sort()).toEqual(Object.keys(endpoints).sort());
  });

  it.each(Object.entries(endpointRows) as [EndpointName, Row][])("%s", async (name, row) => {
    const outcomes: unknown[] = [];
    for (const actor of ACTORS) {
      const scene = await setScene(server);
      const before = await stored(scene);
      const { status, text, code } = await call(name, scene, actor);
      outcomes.push(code ?? status);
      if (isOut(actor)) expect(text).not.toContain(CANARY);
      if (code !== undefined) expect(status).toBeGreaterThanOrEqual(400);
      if (code !== undefined || isOut(actor)) expect(await stored(scene)).toEqual(before);
    }
    expect(outcomes).toEqual(row);
  });

  it("answers a foreign id and an unknown one alike", async () => {
    const scene = await setScene(server);
    const unknown = { id: "01932c9f-7a4b-7000-8000-000000000000", messageId: "01932c9f-7a4b-7000-8000-000000000001" };
    for (const name of Object.keys(endpointRows) as EndpointName[]) {
      if (endpointRows[name][2] !== "not_found") continue;
      expect(await call(name, scene, "outsider")).toEqual(await call(name, unknown, "outsider"));
    }
  });
});

describe("every command", () => {
  const PEOPLE = ["owner", "participant", "outsider", "removed"] as const;
  const sockets = {} as Record<(typeof PEOPLE)[number], TestSocket>;
  beforeAll(async () => {
    for (const name of PEOPLE) sockets[name] = await server.socket(name);
  });

  it("has its row here", () => {
    expect(Object.keys(commandRows).sort()).toEqual(Object.keys(commands).sort());
  });

  it.each(Object.entries(commandRows) as [CommandName, readonly unknown[]][])("%s", async (name, row) => {
    const outcomes: unknown[] = [];
    for (const actor of PEOPLE) {
      const scene = await setScene(server);
      const before = await stored(scene);
      const answer = await sockets[actor].raw(name, await sampleCommand(name, scene, actor));
      outcomes.push(answer.ok ? "ok" : answer.error.code);
      if (isOut(actor)) expect(JSON.stringify(answer)).not.toContain(CANARY);
      if (!answer.ok || isOut(actor)) expect(await stored(scene)).toEqual(before);
    }
    expect(outcomes).toEqual(row);
  });

  it("is out of reach for expired tokens, for nobody, and for the host's key", async () => {
    const expired = await signToken("owner", { expiresInSeconds: -60 });
    for (const [token, code] of [
      [expired, EXPIRED],
      [null, NOBODY],
      [SECRET_KEY, NOBODY],
    ] as const) {
      await expect(server.socket("owner", { token })).rejects.toMatchObject({ problem: { code } });
    }
  });

  it("leaves outsiders without a byte of it, in events too", async () => {
    const scene = await setScene(server);
    await sockets.participant.ask("conversation:join", { conversationId: scene.id });
    await sockets.participant.ask("typing:start", { conversationId: scene.id });
    await sockets.participant.ask("receipt:read", { conversationId: scene.id, seq: 1 });
    const body = { type: "direct", participants: [{ userId: "outsider" }] };
    const { id } = (await server.asUser("removed")("openConversation", { body })).conversation;
    for (const actor of ["outsider", "removed"] as const) {
      await sockets[actor].heard("conversation:new", (conversation) => conversation.id === id);
      expect(JSON.stringify(sockets[actor].events)).not.toContain(CANARY);
      const ofScenes = sockets[actor].events.filter(
        ({ name, payload }) =>
          !/^(presence|sync|conversation:new|participant)/.test(name) &&
          "conversationId" in payload &&
          payload.conversationId !== id &&
          // The last word on a conversation that is lost.
          !("unread" in payload && payload.unread === 0),
      );
      expect(ofScenes).toEqual([]);
    }
    expect(JSON.stringify(sockets.owner.events)).toContain(CANARY);
  });
});
