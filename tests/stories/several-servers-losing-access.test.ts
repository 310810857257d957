import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withoutRedis } from "../support/start-redis.ts";
import { signToken } from "../support/start-server.ts";
import { startServers, type TestServers } from "../support/start-servers.ts";
import type { TestSocket } from "../support/test-socket.ts";
import { waitUntil } from "../support/wait-until.ts";

/** How Redis is while somebody loses access, and how soon that holds on the other server. */
const SITUATIONS: [string, (servers: TestServers) => unknown, number][] = [
  ["while all is well", () => {}, 1_000],
  ["while Redis is paused", ({ redis }) => redis.pause(), 5_000],
  ["while Redis is gone", ({ redis }) => redis.kill(), 5_000],
];

describe.skipIf(withoutRedis).each(SITUATIONS)("on another server, %s,", (_name, happens, withinMs) => {
  let servers: TestServers;
  let conversationId: string;
  beforeEach(async () => {
    servers = await startServers();
    const participants = [{ userId: "ana", role: "owner" as const }, { userId: "ben" }, { userId: "cleo" }];
    const opened = await servers.one.asHost("openConversation", { body: { type: "group", participants } });
    conversationId = opened.conversation.id;
    await happens(servers);
  });
  afterEach(() => servers.stop());

  const closed = (socket: TestSocket) =>
    waitUntil(() => !socket.io.connected, { withinMs, what: "the socket is closed" });

  it("whoever is removed hears nobody typing any more, and is let in again when they are back", async () => {
    const ben = await servers.other.socket("ben");
    const cleo = await servers.other.socket("cleo");
    const join = (socket: TestSocket) => socket.ask("conversation:join", { conversationId });
    await Promise.all([join(ben), join(cleo)]);
    await servers.one.asHost("removeParticipant", { params: { id: conversationId, userId: "ben" } });
    const removedAt = performance.now();
    const hears = async (): Promise<boolean> => {
      const before = ben.events.filter(({ name }) => name === "typing:updated").length;
      for (const name of ["typing:start", "typing:stop"] as const) await cleo.ask(name, { conversationId });
      await ben.ask("presence:set", { status: "online" });
      return ben.events.filter(({ name }) => name === "typing:updated").length > before;
    };
    await new Promise((resolve) => setTimeout(resolve, withinMs - 100));
    // Typing is announced every two seconds at most: two looks are needed.
    expect(await hears()).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await hears()).toBe(false);
    expect(performance.now() - removedAt).toBeLessThan(withinMs + 4_000);
    await servers.one.asHost("addParticipant", { params: { id: conversationId }, body: { userId: "ben" } });
    await waitUntil(() => join(ben).catch(() => false), { withinMs, what: "Ben is back" });
    await expect.poll(hears, { timeout: 10_000, interval: 1_000 }).toBe(true);
  });

  it("the sockets of whoever signs out are closed, and the token is refused", async () => {
    const token = await signToken("ben");
    const sockets = [await servers.one.socket("ben", { token }), await servers.other.socket("ben", { token })];
    const another = await servers.other.socket("ben", { token: await signToken("ben", { claims: { jti: "2" } }) });
    await servers.one.withToken(token)("signOut");
    await Promise.all(sockets.map(closed));
    expect(await servers.other.withToken(token).try("getSession")).toMatchObject({ status: 401 });
    expect(another.io.connected).toBe(true);
    await servers.one.asHost("signOutUser", { params: { id: "ben" } });
    await closed(another);
  });
});
