import { createSecretKey } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JWT_SECRET, signToken, startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";
import { waitUntil } from "../support/wait-until.ts";

describe("signing out", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const closed = (socket: TestSocket) => waitUntil(() => !socket.io.connected, { what: "the socket is closed" });
  const refused = { status: 401, body: { code: "unauthenticated", retryable: false } };

  it("ends the session of that token: over HTTP, on its sockets, and as the next one of another socket", async () => {
    const [mine, another] = [
      await signToken("ana", { claims: { jti: "1" } }),
      await signToken("ana", { claims: { jti: "2" } }),
    ];
    const sockets = [await server.socket("ana", { token: mine }), await server.socket("ana", { token: mine })];
    const stays = await server.socket("ana", { token: another });
    await server.withToken(mine)("signOut");
    await Promise.all(sockets.map(closed));
    expect(await server.withToken(mine).try("getSession")).toMatchObject(refused);
    await expect(server.socket("ana", { token: mine })).rejects.toMatchObject({ problem: { code: "unauthenticated" } });
    expect(await stays.raw("auth:refresh", { token: mine })).toMatchObject({ error: { code: "unauthenticated" } });
    expect((await server.withToken(another)("getSession")).user.id).toBe("ana");
    expect(stays.io.connected).toBe(true);
    stays.close();
  });

  it("holds however the token's signature is written", async () => {
    const token = await signToken("ben");
    // 43 characters hold 258 bits, two more than the signature has: four ways to write the same one.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(token.at(-1) ?? "");
    const other = token.slice(0, -1) + alphabet[(last & ~3) | ((last + 1) & 3)];
    expect((await server.withToken(other)("getSession")).user.id).toBe("ben");
    await server.withToken(token)("signOut");
    expect(await server.withToken(other).try("getSession")).toMatchObject(refused);
  });

  it("everywhere, by the host, ends all sessions of a person and none that begins later", async () => {
    const sockets = [await server.socket("cleo"), await server.socket("cleo")];
    const stays = await server.socket("dora");
    const before = await signToken("cleo");
    await server.asHost("signOutUser", { params: { id: "cleo" } });
    await Promise.all(sockets.map(closed));
    expect(await server.withToken(before).try("getSession")).toMatchObject(refused);
    expect(stays.io.connected).toBe(true);
    // A token says the second in which it was issued: only the next one is surely later.
    await waitUntil(async () => (await server.asUser("cleo").try("getSession")).status === 200);
    const fresh = await server.socket("cleo");
    await server.asHost("signOutUser", { params: { id: "cleo" } });
    await closed(fresh);
    stays.close();
  });

  it("everywhere takes a token that does not say when it was issued for an earlier one, and says so", async () => {
    const sign = (userId: string) =>
      new SignJWT({})
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(userId)
        .setExpirationTime("1h")
        .sign(createSecretKey(JWT_SECRET, "utf8"));
    await server.asHost("signOutUser", { params: { id: "emil" } });
    const reply = await server.withToken(await sign("emil")).try("getSession");
    expect(reply).toMatchObject(refused);
    expect(reply.body.detail).toContain("iat");
    expect((await server.withToken(await sign("frida"))("getSession")).user.id).toBe("frida");
  });

  it("may be repeated, and holds for people whom nobody has seen yet", async () => {
    const token = await signToken("gina");
    await server.asHost("signOutUser", { params: { id: "gina" } });
    await server.asHost("signOutUser", { params: { id: "gina" } });
    expect(await server.withToken(token).try("getSession")).toMatchObject(refused);
  });

  it("is remembered over a restart, and forgotten when no such token can live", async () => {
    const token = await signToken("hans");
    await server.withToken(token)("signOut");
    await server.restart();
    expect(await server.withToken(token).try("getSession")).toMatchObject(refused);
    const [row] = await server.sql<{ ahead: number }>(
      `SELECT extract(epoch FROM expires_at - now())::int AS ahead FROM sign_outs WHERE user_id = 'hans'`,
    );
    expect(row?.ahead).toBeGreaterThan(3_500);
    expect(row?.ahead).toBeLessThan(3_700);
  });

  it("costs no request a look into the database, until there are more than a process remembers", async () => {
    const { signOuts } = server.app.deps;
    const token = await signToken("ida");
    await server.sql(
      `INSERT INTO sign_outs (user_id, token_key, ended_at, expires_at, created_at)
       VALUES ('ida', NULL, now(), now() + interval '1 hour', now() - interval '1 hour')`,
    );
    expect((await server.withToken(token)("getSession")).user.id).toBe("ida");
    for (let n = 0; n < 100_001; n += 1) {
      signOuts.add({ userId: "kim", tokenKey: `${n}`, endedAt: 1, expiresAt: Date.now() + 60_000 });
    }
    expect(await server.withToken(token).try("getSession")).toMatchObject(refused);
    expect((await server.asUser("leo")("getSession")).user.id).toBe("leo");
  });
});
