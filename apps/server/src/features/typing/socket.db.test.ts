import type { Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "../../../../../tests/support/start-app.ts";
import { connected, next } from "../../../../../tests/support/start-realtime.ts";

let server: TestApp;
const open: Socket[] = [];

beforeAll(async () => {
  server = await startApp();
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => server.stop());

const join = async (userId: string): Promise<Socket> => {
  const socket = server.client(await server.token(userId));
  open.push(socket);
  return connected(socket);
};

async function openConversation(...userIds: string[]): Promise<string> {
  const participants = userIds.map((userId) => ({ userId }));
  const { body } = await server.host("POST", "/api/conversations", {
    type: "project",
    participants,
  });
  return (body as { conversation: { id: string } }).conversation.id;
}

/** Everything told of that name from now on. */
const listen = (socket: Socket, event: string): unknown[] => {
  const heard: unknown[] = [];
  socket.on(event, (payload) => heard.push(payload));
  return heard;
};

describe("an open conversation", () => {
  it("tells who of it is here when it is joined", async () => {
    const conversationId = await openConversation("ada", "bob", "cyd");
    const [ada] = [await join("ada"), await join("bob")];
    const { presence } = await ada.emitWithAck("conversation:join", { conversationId });
    expect(presence.sort((a: { userId: string }, b: { userId: string }) => a.userId.localeCompare(b.userId))).toEqual([
      { userId: "ada", status: "online", lastSeenAt: null },
      { userId: "bob", status: "online", lastSeenAt: null },
      { userId: "cyd", status: "offline", lastSeenAt: null },
    ]);
  });

  it("is not there for outsiders, whatever they ask, and for ids that nobody has", async () => {
    const conversationId = await openConversation("ada", "bob");
    const eve = await join("eve");
    for (const command of ["conversation:join", "typing:start", "typing:stop"]) {
      for (const id of [conversationId, crypto.randomUUID(), "no uuid", "' or true --"]) {
        const answer = await eve.emitWithAck(command, { conversationId: id });
        expect(answer).toMatchObject({ ok: false, error: { code: "not_found" } });
      }
    }
    expect(await eve.emitWithAck("conversation:leave", { conversationId })).toEqual({ ok: true });
  });

  it("hears typing from those who have joined and those who have not, but not its own", async () => {
    const conversationId = await openConversation("ada", "bob", "cyd");
    const [ada, bob, cyd] = [await join("ada"), await join("bob"), await join("cyd")];
    const secondOfBob = await join("bob");
    for (const socket of [ada, bob, secondOfBob]) await socket.emitWithAck("conversation:join", { conversationId });
    const heard = [ada, bob, secondOfBob, cyd].map((socket) => listen(socket, "typing:updated"));
    await bob.emitWithAck("typing:start", { conversationId });
    await bob.emitWithAck("typing:start", { conversationId });
    await bob.emitWithAck("typing:stop", { conversationId });
    await cyd.emitWithAck("typing:start", { conversationId });
    await expect.poll(() => heard[0]?.length).toBe(3);
    expect(heard[0]).toEqual([
      { conversationId, userId: "bob", typing: true },
      { conversationId, userId: "bob", typing: false },
      { conversationId, userId: "cyd", typing: true },
    ]);
    expect(heard.slice(1)).toEqual([[heard[0]?.[2]], [heard[0]?.[2]], []]);
    // Nobody says so: it runs out.
    await expect
      .poll(() => heard[0]?.[3], { timeout: 5_000 })
      .toEqual({ conversationId, userId: "cyd", typing: false });
  });

  it("closes for somebody who is removed", async () => {
    const conversationId = await openConversation("ada", "bob");
    const [ada, bob] = [await join("ada"), await join("bob")];
    for (const socket of [ada, bob]) await socket.emitWithAck("conversation:join", { conversationId });
    const heard = listen(bob, "typing:updated");
    await server.host("DELETE", `/api/conversations/${conversationId}/participants/bob`);
    await ada.emitWithAck("typing:start", { conversationId });
    expect(await bob.emitWithAck("typing:start", { conversationId })).toMatchObject({ error: { code: "not_found" } });
    expect(heard).toEqual([]);
  });
});

describe("presence", () => {
  it("is told among people who share an active conversation, and to nobody else", async () => {
    await openConversation("fay", "gus");
    const archived = await openConversation("fay", "hal");
    await server.host("PATCH", `/api/conversations/${archived}`, { status: "archived" });
    const [gus, hal, ivy] = [await join("gus"), await join("hal"), await join("ivy")];
    const heard = [gus, hal, ivy].map((socket) => listen(socket, "presence:updated"));
    const fay = server.client(await server.token("fay"));
    const greeted = listen(fay, "presence:updated");
    open.push(fay);
    await connected(fay);
    await expect.poll(() => heard[0]).toEqual([{ userId: "fay", status: "online", lastSeenAt: null }]);
    await expect.poll(() => greeted).toEqual([{ userId: "gus", status: "online", lastSeenAt: null }]);
    await fay.emitWithAck("presence:set", { status: "away" });
    await expect.poll(() => heard[0]?.[1]).toEqual({ userId: "fay", status: "away", lastSeenAt: null });
    const leftAt = Date.now();
    fay.disconnect();
    await expect.poll(() => heard[0]?.[2], { timeout: 8_000 }).toMatchObject({ userId: "fay", status: "offline" });
    const lastSeenAt = (heard[0]?.[2] as { lastSeenAt: string } | undefined)?.lastSeenAt ?? "never";
    expect(Date.parse(lastSeenAt)).toBeGreaterThan(leftAt);
    expect(heard.slice(1)).toEqual([[], []]);
    const conversationId = await openConversation("fay", "gus");
    const { presence } = await gus.emitWithAck("conversation:join", { conversationId });
    expect(presence).toContainEqual({ userId: "fay", status: "offline", lastSeenAt });
  });
});

describe("a digest", () => {
  it("comes shortly after connecting, with sums over the person's conversations", async () => {
    await openConversation("joe", "kim");
    const second = await openConversation("joe", "kim");
    await server.host("PATCH", `/api/conversations/${second}`, { title: "Another title" });
    const [joe, lea] = [await join("joe"), await join("lea")];
    const digests = await Promise.all([next(joe, "sync:digest"), next(lea, "sync:digest")]);
    expect(digests).toEqual([
      { conversations: 2, versionSum: 3, readSum: 0, preferenceSum: 0, history: expect.any(String) },
      { conversations: 0, versionSum: 0, readSum: 0, preferenceSum: 0, history: expect.any(String) },
    ]);
  });
});

describe("a token on an open socket", () => {
  it("closes it at its end, unless a new one of the same person came before", async () => {
    const endsAt = (Math.floor(Date.now() / 1_000) + 2) * 1_000;
    const socket = server.client(await server.token("max", endsAt));
    const lazy = server.client(await server.token("max", endsAt));
    await Promise.all([connected(socket), connected(lazy)]);
    const other = await socket.emitWithAck("auth:refresh", { token: await server.token("eve") });
    expect(other).toMatchObject({ ok: false, error: { code: "forbidden" } });
    const renewed = await socket.emitWithAck("auth:refresh", { token: await server.token("max", endsAt + 60_000) });
    expect(renewed).toEqual({ ok: true, expiresAt: new Date(endsAt + 60_000).toISOString() });
    await next(lazy, "disconnect");
    expect(Date.now() - endsAt).toBeGreaterThanOrEqual(0);
    expect(Date.now() - endsAt).toBeLessThan(1_000);
    expect(await socket.emitWithAck("presence:set", { status: "online" })).toEqual({ ok: true });
  });
});
