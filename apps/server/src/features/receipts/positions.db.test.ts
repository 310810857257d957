import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { createDomainEventBus } from "../../platform/domain-events.ts";
import { getUnread } from "./get-unread.ts";
import { markAllRead } from "./mark-all-read.ts";
import { movePosition } from "./move-position.ts";
import { readUnreadOfPairs } from "./store.ts";

describe("positions", () => {
  let store: StoreFixture;
  const told: { recipients: readonly string[]; payload: unknown }[] = [];
  beforeAll(async () => {
    store = await createStoreFixture();
  });
  afterAll(() => store.close());

  const deps = () => ({
    db: store.db,
    bus: createDomainEventBus(() => {}),
    fanOut: {
      toParticipants: (_id: string, recipients: readonly string[], _name: string, payload: unknown) =>
        void told.push({ recipients, payload }),
    } as never,
  });
  const move = (which: "read" | "delivered", conversationId: string, seq: number, userId = "ana") =>
    movePosition(deps(), asUser(userId), which, { conversationId, seq });
  const positionsOf = async (id: string, userId = "ana") => {
    const [row] = await store.sql(
      "SELECT read_seq::int AS read, delivered_seq::int AS delivered FROM participants WHERE conversation_id = $1 AND user_id = $2",
      [id, userId],
    );
    return row;
  };
  const withMessages = async (count: number, people = ["ana", "ben"]) => {
    const id = await store.conversation(people);
    await store.append(Array.from({ length: count }, () => ({ conversationId: id, senderId: "ben" })));
    return id;
  };

  it("move on, never back, never beyond the last message", async () => {
    const id = await withMessages(5);
    expect(await move("delivered", id, 2)).toEqual({ unread: 5 });
    expect(await positionsOf(id)).toEqual({ read: 0, delivered: 2 });
    expect(await move("read", id, 3)).toEqual({ unread: 2 });
    expect(await positionsOf(id)).toEqual({ read: 3, delivered: 3 });
    expect(await move("read", id, 1)).toEqual({ unread: 2 });
    await move("delivered", id, 1);
    await move("read", id, 0);
    expect(await positionsOf(id)).toEqual({ read: 3, delivered: 3 });
    expect(await move("read", id, Number.MAX_SAFE_INTEGER)).toEqual({ unread: 0 });
    expect(await positionsOf(id)).toEqual({ read: 5, delivered: 5 });
    const { version } = (await store.sql("SELECT version::int FROM conversations WHERE id = $1", [id]))[0] ?? {};
    expect(version).toBe(6);
  });

  it("are told to all who take part, once for each change", async () => {
    const id = await withMessages(2);
    told.length = 0;
    await move("read", id, 2);
    await move("read", id, 2);
    await move("read", id, 1);
    await move("delivered", id, 2);
    const payload = { conversationId: id, userId: "ana", readSeq: 2, deliveredSeq: 2 };
    expect(told.map(({ payload, recipients }) => ({ payload, recipients: recipients.toSorted() }))).toEqual([
      { payload, recipients: ["ana", "ben"] },
    ]);
  });

  it("are nothing to those who do not take part", async () => {
    const id = await withMessages(1);
    for (const [unknown, userId] of [
      [id, "eve"],
      ["01932c9f-7a4b-7000-8000-000000000000", "ana"],
      ["x", "ana"],
    ]) {
      await expect(move("read", unknown ?? "", 1, userId)).rejects.toMatchObject({ code: "not_found" });
      await expect(move("delivered", unknown ?? "", 1, userId)).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await positionsOf(id, "ben")).toEqual({ read: 1, delivered: 1 });
  });

  it("give unread numbers, of one person and of pairs", async () => {
    const people = ["uma", "ben"];
    const ids = [await withMessages(3, people), await withMessages(2, people), await withMessages(0, people)];
    await move("read", ids[0] ?? "", 1, "uma");
    expect(await getUnread(store, asUser("uma"))).toEqual({
      total: 4,
      conversations: { [ids[0] ?? ""]: 2, [ids[1] ?? ""]: 2 },
    });
    const pairs = [
      ["uma", "ben", "uma", "eve"],
      [ids[0], ids[1], ids[2], ids[0]],
    ];
    const rows = await store.db.query(readUnreadOfPairs, pairs);
    expect(rows.map(({ user_id, unread, total }) => `${user_id} ${unread} of ${total}`).sort()).toEqual([
      "ben 0 of 0",
      "uma 0 of 4",
      "uma 2 of 4",
    ]);
  });

  it("are all at the end after read-all, which tells each conversation's people", async () => {
    const people = ["rea", "ben"];
    const ids = [await withMessages(3, people), await withMessages(2, people), await withMessages(0, people)];
    told.length = 0;
    expect(await markAllRead(deps(), asUser("rea"))).toEqual({ unread: 0, total: 0 });
    expect(await Promise.all(ids.map((id) => positionsOf(id, "rea")))).toEqual(
      [3, 2, 0].map((seq) => ({ read: seq, delivered: seq })),
    );
    expect(told).toHaveLength(2);
    expect(await markAllRead(deps(), asUser("rea"))).toEqual({ unread: 0, total: 0 });
    expect(told).toHaveLength(2);
  });

  it("never lock each other up: batches, reading and read-all at once, for some seconds", async () => {
    const people = ["s0", "s1", "s2", "s3", "s4"];
    const ids = await Promise.all(Array.from({ length: 12 }, () => store.conversation(people)));
    const second = store.secondDatabase();
    const unread: number[] = [];
    const end = performance.now() + 3_000;
    const endlessly = async (work: (n: number) => Promise<unknown>) => {
      for (let n = 0; performance.now() < end; n += 1) await work(n);
    };
    const shuffled = (n: number) =>
      ids.toSorted((a, b) => ((a.charCodeAt(n % 8) + n) % 7) - ((b.charCodeAt(n % 8) + n) % 7));
    await Promise.all([
      ...[store.db, second].map((db) =>
        endlessly((n) =>
          store.append(
            shuffled(n).map((conversationId) => ({ conversationId, senderId: `s${n % 5}` })),
            db,
          ),
        ),
      ),
      ...people.map((userId) => endlessly(() => markAllRead(deps(), asUser(userId)))),
      ...people.map((userId) =>
        endlessly(async (n) => unread.push((await move("read", ids[n % 12] ?? "", n * 3, userId)).unread)),
      ),
    ]);
    expect(Math.min(...unread)).toBeGreaterThanOrEqual(0);
    const wrong = await store.sql(
      `SELECT FROM participants p JOIN conversations c ON c.id = p.conversation_id
       WHERE p.read_seq > p.delivered_seq OR p.delivered_seq > c.last_seq`,
    );
    expect(wrong).toEqual([]);
  });
});
