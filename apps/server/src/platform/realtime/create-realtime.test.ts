import { afterEach, describe, expect, it } from "vitest";
import {
  connected,
  next,
  type RealtimeServer,
  startRealtime,
  tokenFor,
} from "../../../../../tests/support/start-realtime.ts";

let server: RealtimeServer;
afterEach(() => server.stop());

type Refusal = Error & { data: { code: string; retryAfterMs?: number } };

const refusalOf = (socket: ReturnType<RealtimeServer["client"]>): Promise<Refusal> =>
  connected(socket).then(
    () => Promise.reject(new Error("It was let in.")),
    (error: Refusal) => error,
  );

describe("a socket", () => {
  it("connects with a token, runs a command, and hears an event", async () => {
    server = await startRealtime({
      handlers: {
        "receipt:read": async (_deps, { actor }, { seq }) => ({ unread: actor.userId.length, total: seq }),
      },
    });
    const anna = await connected(server.client(tokenFor("anna")));
    expect(await anna.emitWithAck("receipt:read", { conversationId: "c", seq: 7 })).toEqual({
      ok: true,
      unread: 4,
      total: 7,
    });
    const heard = next(anna, "unread:updated");
    server.fanOut.toUsers(["anna"], "unread:updated", { conversationId: "c", unread: 0, total: 0 });
    expect(await heard).toEqual({ conversationId: "c", unread: 0, total: 0 });
  });

  it("connects by polling, and goes on after the upgrade", async () => {
    server = await startRealtime();
    const socket = server.client(tokenFor("anna"), { transports: ["polling", "websocket"] });
    await connected(socket);
    await expect.poll(() => socket.io.engine.transport.name).toBe("websocket");
    expect(await socket.emitWithAck("presence:set", { status: "away" })).toEqual({ ok: true });
    const heard = Promise.all([next(socket, "unread:updated"), next(socket, "server:draining")]);
    server.fanOut.toUsers(["anna"], "unread:updated", { conversationId: "c", unread: 1, total: 1 });
    server.drain();
    expect(await heard).toEqual([{ conversationId: "c", unread: 1, total: 1 }, expect.anything()]);
  });

  it("brings its token as auth.token, as a header, or as a cookie from an allowed page", async () => {
    server = await startRealtime();
    const origin = "https://shop.example";
    const token = tokenFor("anna");
    const inCookie = encodeURIComponent(token);
    const ways = [
      { auth: { token } },
      { auth: { token }, extraHeaders: { origin } },
      { extraHeaders: { authorization: `Bearer ${inCookie}` } },
      { extraHeaders: { cookie: `a=b; parley_token=${inCookie}`, origin } },
      { extraHeaders: { cookie: `parley_token=${inCookie}`, "sec-fetch-site": "same-origin" } },
    ];
    for (const way of ways) expect((await connected(server.client(null, way))).connected).toBe(true);
  });

  it.each([
    ["no token", {}, "unauthenticated"],
    ["a wrong token", { auth: { token: "wrong" } }, "unauthenticated"],
    ["something else than a token", { auth: { token: { a: 1 } } }, "unauthenticated"],
    ["an old token", { auth: { token: tokenFor("anna", Date.now() - 1) } }, "token_expired"],
    [
      "a foreign page",
      { auth: { token: tokenFor("anna") }, extraHeaders: { origin: "https://evil.example" } },
      "origin_not_allowed",
    ],
    ["no page at all", { auth: { token: tokenFor("anna") }, extraHeaders: { origin: "null" } }, "origin_not_allowed"],
    [
      "a cookie without a page",
      { extraHeaders: { cookie: `parley_token=${encodeURIComponent(tokenFor("anna"))}` } },
      "unauthenticated",
    ],
    [
      "a cookie from another site",
      {
        extraHeaders: {
          cookie: `parley_token=${encodeURIComponent(tokenFor("anna"))}`,
          "sec-fetch-site": "cross-site",
        },
      },
      "unauthenticated",
    ],
  ])("is refused with %s, and told why", async (_case, options, code) => {
    server = await startRealtime();
    const { data } = await refusalOf(server.client(null, options));
    expect(data).toMatchObject({ code, type: `urn:parley:problem:${code}` });
  });

  it("is refused beyond the number that one person may have open", async () => {
    server = await startRealtime({ limits: { socketsPerUser: 2 } });
    const sockets = [server.client(tokenFor("anna")), server.client(tokenFor("anna"))];
    await Promise.all(sockets.map(connected));
    expect((await refusalOf(server.client(tokenFor("anna")))).data).toMatchObject({ code: "rate_limited" });
    await connected(server.client(tokenFor("ben")));
  });

  it("is kept within that number when many come at the same moment", async () => {
    const gate = new Promise<void>((resolve) => setTimeout(resolve, 300));
    server = await startRealtime({ limits: { socketsPerUser: 2 }, gate });
    const sockets = Array.from({ length: 8 }, () => server.client(tokenFor("anna")));
    await Promise.allSettled(sockets.map(connected));
    await expect.poll(() => sockets.filter((socket) => socket.connected).length).toBe(2);
  });

  it("tells the house of its coming and going", async () => {
    server = await startRealtime();
    const happened: string[] = [];
    server.bus.on("connectionOpened", ({ userId }) => happened.push(`opened ${userId}`));
    server.bus.on("connectionClosed", ({ userId }) => happened.push(`closed ${userId}`));
    const first = await connected(server.client(tokenFor("anna")));
    await connected(server.client(tokenFor("anna")));
    first.disconnect();
    await expect.poll(() => happened).toEqual(["opened anna", "opened anna", "closed anna"]);
    expect(server.errors).toEqual([]);
  });
});

describe("a token's end", () => {
  it("closes the open socket within a second", async () => {
    server = await startRealtime();
    const endsAt = Date.now() + 900;
    const socket = await connected(server.client(tokenFor("anna", endsAt)));
    await next(socket, "disconnect");
    expect(Date.now()).toBeGreaterThanOrEqual(endsAt);
    expect(Date.now() - endsAt).toBeLessThan(1_000);
  });

  it("is put off by a new token of the same person, and by no other", async () => {
    server = await startRealtime({
      handlers: {
        "auth:refresh": async (_deps, { connection }, { token }) => ({
          expiresAt: new Date((await connection.refresh(token)).expiresAt).toISOString(),
        }),
      },
    });
    const endsAt = Math.ceil(Date.now() / 1_000) * 1_000 + 1_000;
    const anna = await connected(server.client(tokenFor("anna", endsAt)));
    const lazy = await connected(server.client(tokenFor("anna", endsAt)));
    expect(await anna.emitWithAck("auth:refresh", { token: tokenFor("ben") })).toMatchObject({
      error: { code: "forbidden" },
    });
    expect(await anna.emitWithAck("auth:refresh", { token: "x" })).toMatchObject({
      error: { code: "unauthenticated" },
    });
    expect(await anna.emitWithAck("auth:refresh", { token: tokenFor("anna", endsAt + 60_000) })).toEqual({
      ok: true,
      expiresAt: new Date(endsAt + 60_000).toISOString(),
    });
    await next(lazy, "disconnect");
    expect(Date.now() - endsAt).toBeLessThan(1_000);
    expect(await anna.emitWithAck("presence:set", { status: "online" })).toEqual({ ok: true });
  });
});

describe("a stopping server", () => {
  it("sends each client away for a time of its own, and takes nobody new", async () => {
    server = await startRealtime();
    const sockets = await Promise.all(
      Array.from({ length: 8 }, (_, n) => connected(server.client(tokenFor(`user ${n}`)))),
    );
    const told = Promise.all(sockets.map((socket) => next<{ reconnectAfterMs: number }>(socket, "server:draining")));
    server.drain();
    const waits = (await told).map(({ reconnectAfterMs }) => reconnectAfterMs);
    expect(waits.every((wait) => wait >= 0 && wait < 5_000)).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(4);
    await expect(connected(server.client(tokenFor("late")))).rejects.toThrow();
    expect((await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(403);
    expect(await sockets[0]?.emitWithAck("presence:set", { status: "online" })).toEqual({ ok: true });
  });

  it("sends what is waiting, then closes in a way that lets clients come back", async () => {
    server = await startRealtime();
    const socket = await connected(server.client(tokenFor("anna")));
    const last = next(socket, "unread:updated");
    const closed = next(socket, "disconnect");
    server.fanOut.toUsers(["anna"], "unread:updated", { conversationId: "c", unread: 0, total: 0 });
    await server.close();
    expect(await last).toBeDefined();
    expect(await closed).toBe("transport close");
  });

  it("still answers what was on its way when it was told to stop", async () => {
    server = await startRealtime({ limits: { onTheWayMs: 800 } });
    const socket = await connected(server.client(tokenFor("anna")));
    const over = server.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const late = await socket.timeout(2_000).emitWithAck("presence:set", { status: "online" });
    expect(late).toMatchObject({ ok: false, error: { code: "unavailable", retryable: true } });
    await over;
  });

  it("answers the commands that had come before it closes, and tells later ones to come again", async () => {
    let goOn = (): void => {};
    const allowed = new Promise<void>((resolve) => (goOn = resolve));
    let begun = 0;
    server = await startRealtime({
      handlers: {
        "presence:set": async () => {
          begun += 1;
          await allowed;
          return {};
        },
      },
    });
    const socket = await connected(server.client(tokenFor("anna")));
    const answer = socket.emitWithAck("presence:set", { status: "away" });
    await expect.poll(() => begun).toBe(1);
    const over = server.close();
    const later = await socket.emitWithAck("presence:set", { status: "online" });
    expect(later).toMatchObject({ ok: false, error: { code: "unavailable", retryable: true } });
    goOn();
    expect(await answer).toEqual({ ok: true });
    await over;
    expect(begun).toBe(1);
  });
});
