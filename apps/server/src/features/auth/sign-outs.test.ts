import { describe, expect, it } from "vitest";
import type { UserActor } from "./actor.ts";
import { endsSession, type SignOut, SignOuts } from "./sign-outs.ts";

const actor = (userId: string, key: string, issuedAt: number | null): UserActor => ({
  kind: "user",
  userId,
  expiresAt: 9_000,
  token: { key, issuedAt },
});
const ofToken = (userId: string, tokenKey: string): SignOut => ({ userId, tokenKey, endedAt: 5_000, expiresAt: 9_000 });
const ofPerson = (userId: string, endedAt = 5_000): SignOut => ({ userId, tokenKey: null, endedAt, expiresAt: 9_000 });

describe("a sign-out", () => {
  it("of one token ends that one alone", () => {
    expect(endsSession(ofToken("ana", "a"), actor("ana", "a", 4_000))).toBe(true);
    expect(endsSession(ofToken("ana", "a"), actor("ana", "b", 4_000))).toBe(false);
    expect(endsSession(ofToken("ana", "a"), actor("ben", "a", 4_000))).toBe(false);
  });

  it("of a person ends what was issued until then, and what does not say when it was", () => {
    expect(endsSession(ofPerson("ana"), actor("ana", "a", 5_000))).toBe(true);
    expect(endsSession(ofPerson("ana"), actor("ana", "a", 5_001))).toBe(false);
    expect(endsSession(ofPerson("ana"), actor("ana", "a", null))).toBe(true);
    expect(endsSession(ofPerson("ana"), actor("ben", "a", 1))).toBe(false);
  });
});

describe("the sign-outs that a process remembers", () => {
  it("hold whichever is told first, the later of a person's over the earlier", () => {
    const signOuts = new SignOuts();
    signOuts.add(ofPerson("ana", 6_000));
    signOuts.add(ofPerson("ana", 5_000));
    signOuts.add(ofToken("ben", "b"));
    expect(signOuts.ended(actor("ana", "x", 5_500))).toBe(true);
    expect(signOuts.ended(actor("ana", "x", 6_500))).toBe(false);
    expect(signOuts.ended(actor("ben", "b", 8_000))).toBe(true);
    expect(signOuts.ended(actor("ben", "c", 1))).toBe(false);
  });

  it("are forgotten when no such token lives any more", () => {
    const signOuts = new SignOuts();
    signOuts.add(ofPerson("ana"));
    signOuts.add(ofToken("ben", "b"));
    signOuts.forgetPast(8_999);
    expect(signOuts.ended(actor("ana", "x", 1))).toBe(true);
    signOuts.forgetPast(9_000);
    expect([signOuts.ended(actor("ana", "x", 1)), signOuts.ended(actor("ben", "b", 1))]).toEqual([false, false]);
  });

  it("are bounded, and say so when they do not hold all", () => {
    const signOuts = new SignOuts();
    for (let n = 0; n < 100_000; n += 1) signOuts.add(ofToken("ana", `token ${n}`));
    signOuts.add(ofToken("ana", "token 0"));
    expect(signOuts.isComplete).toBe(true);
    signOuts.add(ofToken("ana", "one more"));
    expect(signOuts.isComplete).toBe(false);
    expect(signOuts.ended(actor("ana", "one more", 1))).toBe(true);
  });
});
