import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signToken, startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";
import { shown, say, openWindow } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

describe("a token that ends", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const closed = (socket: TestSocket) => waitUntil(() => !socket.io.connected, { what: "the socket is closed" });

  it("takes the open socket with it, within a second", async () => {
    const endsAt = Date.now() + 3_000;
    const socket = await server.socket("ana", { token: await signToken("ana", { expiresInSeconds: 3 }) });
    await closed(socket);
    expect(Date.now() - endsAt).toBeGreaterThan(-100);
    expect(Date.now() - endsAt).toBeLessThan(1_500);
  });

  it("opens no socket any more, and no HTTP call", async () => {
    const token = await signToken("ana", { expiresInSeconds: -60 });
    await expect(server.socket("ana", { token })).rejects.toMatchObject({ problem: { code: "token_expired" } });
    expect(await server.withToken(token).try("getUnread")).toMatchObject({
      status: 401,
      body: { code: "token_expired" },
    });
  });

  it("is followed by the next one on the same socket", async () => {
    const socket = await server.socket("ana", { token: await signToken("ana", { expiresInSeconds: 3 }) });
    const token = await signToken("ana", { expiresInSeconds: 60 });
    const { expiresAt } = await socket.ask("auth:refresh", { token });
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 50_000);
    await delay(4_000);
    expect(socket.io.connected).toBe(true);
  });

  it("is not followed by the token of somebody else, by one that is over, or by nonsense", async () => {
    const endsAt = Date.now() + 3_000;
    const socket = await server.socket("ana", { token: await signToken("ana", { expiresInSeconds: 3 }) });
    const refresh = async (token: string) => {
      const answer = await socket.raw("auth:refresh", { token });
      return answer.ok ? "ok" : answer.error.code;
    };
    expect(await refresh(await signToken("ben"))).toBe("forbidden");
    expect(await refresh(await signToken("ana", { expiresInSeconds: -60 }))).toBe("token_expired");
    expect(await refresh("nonsense")).toBe("unauthenticated");
    await closed(socket);
    expect(Date.now() - endsAt).toBeLessThan(1_500);
  });

  it("is renewed by the client before, without a break", async () => {
    let calls = 0;
    const states = new Set<string>();
    const ana = await server.client("ana", {
      token: () => {
        calls += 1;
        return signToken("ana", { expiresInSeconds: 2 });
      },
    });
    const ben = await server.client("ben");
    ana.store.subscribe(() => states.add(ana.store.getState().connection.status));
    const { id } = await ben.conversations.open({ type: "direct", participants: [{ userId: "ana" }] });
    await openWindow(ana, id);
    await delay(4_500);
    await say(ben, id, "still there?");
    await shown(ana, id, "still there?");
    expect(calls).toBeGreaterThanOrEqual(3);
    expect([...states]).toEqual(["connected"]);
  });
});
