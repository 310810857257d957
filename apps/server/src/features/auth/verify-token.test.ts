import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { limits } from "@parley/protocol";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import type { AuthConfig } from "../../platform/config.ts";
import { createTokenVerifier } from "./verify-token.ts";

const jwtSecret = "a secret of at least thirty-two characters";
const none: AuthConfig = { jwtSecret: null, jwksUrl: null, audience: null, issuer: null, secretKey: "k" };
const withSecret = { ...none, jwtSecret };
const verifier = (auth: AuthConfig) => createTokenVerifier(auth, systemClock);
const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const DAY = 86_400;
const claims = (more: JWTPayload = {}): JWTPayload => ({ sub: "ana", exp: secondsFromNow(60), ...more });
const sign = (payload: JWTPayload, alg = "HS256", key = jwtSecret) =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(Buffer.from(key));

describe("tokens under the shared secret", () => {
  const verify = verifier(withSecret);

  it("say who they are for", async () => {
    expect(await verify(await sign(claims({ name: "Ana" })))).toMatchObject({ sub: "ana", name: "Ana" });
  });

  it("may be five seconds late, for clocks differ, but not more", async () => {
    await expect(verify(await sign(claims({ exp: secondsFromNow(-3) })))).resolves.toBeDefined();
    await expect(verify(await sign(claims({ exp: secondsFromNow(-7) })))).rejects.toMatchObject({
      code: "token_expired",
    });
  });

  it("may be issued by a clock that is five seconds ahead, but not more: they would outlive the end of all sessions", async () => {
    await expect(verify(await sign(claims({ iat: secondsFromNow(3) })))).resolves.toBeDefined();
    await expect(verify(await sign(claims({ iat: secondsFromNow(8) })))).rejects.toMatchObject({
      code: "unauthenticated",
      details: { detail: expect.stringContaining("iat") },
    });
  });

  it.each<[string, JWTPayload, boolean]>([
    ["399 days", { iat: secondsFromNow(0), exp: secondsFromNow(399 * DAY) }, true],
    ["401 days", { iat: secondsFromNow(0), exp: secondsFromNow(401 * DAY) }, false],
    ["401 days, of which 400 are over", { iat: secondsFromNow(-400 * DAY), exp: secondsFromNow(DAY) }, false],
    ["399 days more, since nobody knows when", { exp: secondsFromNow(399 * DAY) }, true],
    ["401 days more, since nobody knows when", { exp: secondsFromNow(401 * DAY) }, false],
    ["for ever", { exp: 1e300 }, false],
  ])("may live %s: %o, %s", async (_what, times, isTaken) => {
    const verdict = verify(await sign(claims(times))).then(
      () => true,
      (error: unknown) => error,
    );
    expect(await verdict).toEqual(isTaken || expect.objectContaining({ code: "unauthenticated" }));
  });

  const { exp: _, ...endless } = claims();
  it.each<[string, () => string | Promise<string>]>([
    ["another secret", () => sign(claims(), "HS256", "another secret of thirty-two characters!")],
    ["another algorithm", () => sign(claims(), "HS512", jwtSecret.repeat(2))],
    ["no signature", () => new UnsecuredJWT(claims()).encode()],
    ["no end", () => sign(endless)],
    ["no person", () => sign({ exp: secondsFromNow(60) })],
    ["an empty id", () => sign(claims({ sub: "" }))],
    ["too long an id", () => sign(claims({ sub: "x".repeat(limits.idLength + 1) }))],
    ["an id with NUL", () => sign(claims({ sub: "a\u0000b" }))],
    ["a time before which it does not hold", () => sign(claims({ nbf: secondsFromNow(60) }))],
    ["no form", () => "nonsense"],
    ["no header", () => "a.b.c"],
  ])("are refused with %s", async (_what, make) => {
    await expect(verify(await make())).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("are for our audience and from our issuer, when these are configured", async () => {
    const strict = verifier({ ...withSecret, audience: "parley", issuer: "shop" });
    await expect(strict(await sign(claims({ aud: "parley", iss: "shop" })))).resolves.toBeDefined();
    for (const wrong of [{}, { aud: "other", iss: "shop" }, { aud: "parley", iss: "other" }]) {
      await expect(strict(await sign(claims(wrong)))).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });
});

describe("tokens under a key set", () => {
  let server: Server;
  let jwksUrl: string;
  let answer: { status: number; body: string };
  beforeEach(async () => {
    server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  });
  afterEach(() => void server.close());

  async function keyOf(alg: string) {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    answer = { status: 200, body: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg }] }) };
    return (payload: JWTPayload, kid = "1") => new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(privateKey);
  }

  it.each(["RS256", "PS256", "ES256", "EdDSA"])("are read with %s", async (alg) => {
    const signed = await keyOf(alg);
    const verify = verifier({ ...none, jwksUrl });
    expect(await verify(await signed(claims()))).toMatchObject({ sub: "ana" });
    await expect(verify(await signed(claims({ exp: 1 })))).rejects.toMatchObject({ code: "token_expired" });
    await expect(verify(await signed(claims(), "2"))).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("are never taken as signed by a shared secret, least of all by the public key", async () => {
    await keyOf("RS256");
    const forged = await sign(claims(), "HS256", answer.body);
    await expect(verifier({ ...none, jwksUrl })(forged)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("go beside those of the secret", async () => {
    const signed = await keyOf("ES256");
    const verify = verifier({ ...withSecret, jwksUrl });
    expect(await verify(await signed(claims({ sub: "ben" })))).toMatchObject({ sub: "ben" });
    expect(await verify(await sign(claims()))).toMatchObject({ sub: "ana" });
  });

  it.each([
    ["the keys are not there", { status: 500, body: "" }],
    ["the answer is no JSON", { status: 200, body: "<html>" }],
    ["the answer is no key set", { status: 200, body: "{}" }],
  ])("cannot be judged while %s", async (_what, broken) => {
    const token = await (await keyOf("ES256"))(claims());
    const good = answer;
    answer = broken;
    const verify = verifier({ ...none, jwksUrl });
    await expect(verify(token)).rejects.toMatchObject({ code: "unavailable" });
    answer = good;
    await expect(verify(token)).resolves.toMatchObject({ sub: "ana" });
  });

  it("cannot be judged while nobody answers", async () => {
    const token = await (await keyOf("ES256"))(claims());
    await new Promise((resolve) => server.close(resolve));
    await expect(verifier({ ...none, jwksUrl })(token)).rejects.toMatchObject({ code: "unavailable" });
  });
});
