import { describe, expect, it } from "vitest";
import { TokenSource } from "./token-source.ts";

const jwt = (claims: object) => `head.${btoa(JSON.stringify(claims)).replaceAll("=", "").replaceAll("+", "-")}.sign`;

describe("TokenSource", () => {
  it("reads when the token runs out, and does without when it does not say", async () => {
    const tokens = ["no token at all", jwt({ sub: "ana" }), jwt({ exp: 1_800_000_000, name: "Zoë?>" })];
    const source = new TokenSource(async () => tokens.pop() ?? "");
    expect(source.expiresAt).toBeNull();
    await source.renew();
    expect(source.expiresAt).toBe(1_800_000_000_000);
    await source.renew();
    expect(source.expiresAt).toBeNull();
    await source.renew();
    expect(source.expiresAt).toBeNull();
  });

  it("asks once for all who want a new one at the same time, and anew after a failure", async () => {
    let asked = 0;
    const source = new TokenSource(async () => {
      asked += 1;
      if (asked === 1) throw new Error("not yet");
      return `token-${asked}`;
    });
    await expect(Promise.all([source.renew(), source.renew()])).rejects.toMatchObject({ problem: null });
    expect(asked).toBe(1);
    await expect(source.current()).resolves.toBe("token-2");
    await expect(source.current()).resolves.toBe("token-2");
  });
});
