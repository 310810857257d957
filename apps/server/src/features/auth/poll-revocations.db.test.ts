import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { systemClock } from "../../platform/clock.ts";
import type { UserActor } from "./actor.ts";
import { createRevocationPoll, loadSignOuts, purgeRevocations } from "./poll-revocations.ts";
import { SignOuts } from "./sign-outs.ts";

const CONVERSATION = "01932c9f-7a4b-7000-8000-000000000000";
const actor = (key: string): UserActor => ({ kind: "user", userId: "ana", expiresAt: 0, token: { key, issuedAt: 1 } });

describe("what ended access elsewhere", () => {
  let store: StoreFixture;
  let heard: string[];
  let signOuts: SignOuts;
  beforeAll(async () => {
    store = await createStoreFixture();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    [heard, signOuts] = [[], new SignOuts()];
    await store.sql("TRUNCATE revocations, sign_outs");
  });

  afterEach(() => void vi.restoreAllMocks());

  const deps = () => {
    const note = (what: string) => (_id: string, userId: string, version: number) =>
      heard.push(`${what} ${userId} ${version}`);
    const endConnections = (userId: string, isOver: (actor: UserActor) => boolean) => {
      for (const key of ["one", "two"]) if (isOver(actor(key))) heard.push(`close ${userId} ${key}`);
    };
    const fanOut = { here: { revoke: note("revoke"), grant: note("grant") }, endConnections } as never;
    return { db: store.db, clock: systemClock, fanOut, signOuts };
  };
  const changeAccess = (userId: string, version: number, revoked: boolean, secondsAgo: number) =>
    store.sql(
      `INSERT INTO revocations (conversation_id, user_id, version, revoked, created_at)
       VALUES ($1, $2, $3, $4, clock_timestamp() - make_interval(secs => $5))`,
      [CONVERSATION, userId, version, revoked, secondsAgo],
    );
  const signOut = (key: string | null, secondsAgo: number, livesSeconds: number) =>
    store.sql(
      `INSERT INTO sign_outs (user_id, token_key, ended_at, expires_at, created_at)
       VALUES ('ana', $1, now(), now() + make_interval(secs => $3), clock_timestamp() - make_interval(secs => $2))`,
      [key, secondsAgo, livesSeconds],
    );

  it("is found in the order of its writing, also when it became visible half a minute later, and nothing older", async () => {
    const poll = createRevocationPoll(deps());
    await changeAccess("ben", 9, true, 60);
    await changeAccess("ana", 2, true, 25);
    await changeAccess("ana", 3, false, 24);
    await signOut("one", 25, 60);
    await signOut("two", 60, 60);
    await poll();
    expect(heard).toEqual(["revoke ana 2", "grant ana 3", "close ana one"]);
    expect([signOuts.ended(actor("one")), signOuts.ended(actor("two"))]).toEqual([true, false]);
  });

  it("is not missed however long the polls failed", async () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const working = deps();
    let isDown = true;
    const db = {
      query: (...asked: Parameters<typeof working.db.query>) =>
        isDown ? Promise.reject(new Error("The database is away.")) : working.db.query(...asked),
    } as typeof working.db;
    const poll = createRevocationPoll({ ...working, db });
    now = 100_000;
    await expect(poll()).rejects.toThrow();
    await changeAccess("ana", 2, true, 120);
    isDown = false;
    await poll();
    expect(heard).toEqual(["revoke ana 2"]);
  });

  it("is asked of the database for each token when there is more than can be loaded", async () => {
    await store.sql(
      `INSERT INTO sign_outs (user_id, token_key, ended_at, expires_at)
       SELECT 'ben', 'token ' || n, now(), now() + interval '1 hour' FROM generate_series(1, 100000) n`,
    );
    await loadSignOuts(deps());
    expect(signOuts.isComplete).toBe(true);
    await signOut("one", 3_600, 60);
    await loadSignOuts(deps());
    expect(signOuts.ended(actor("one"))).toBe(false);
    expect(signOuts.isComplete).toBe(false);
  });

  it("is loaded at the start as far as it still matters", async () => {
    await signOut("one", 3_600, 60);
    await signOut("two", 3_600, -1);
    await loadSignOuts(deps());
    expect([signOuts.ended(actor("one")), signOuts.ended(actor("two"))]).toEqual([true, false]);
  });

  it("is purged when nobody needs it any more", async () => {
    await changeAccess("ana", 2, true, 3_700);
    await changeAccess("ana", 3, false, 3_500);
    await signOut("one", 10, -1);
    await signOut("two", 3_700, 60);
    await purgeRevocations(deps());
    expect(await store.sql("SELECT version::int FROM revocations")).toEqual([{ version: 3 }]);
    expect(await store.sql("SELECT token_key FROM sign_outs")).toEqual([{ token_key: "two" }]);
  });
});
