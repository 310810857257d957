import type { SyncInput } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { changeDeps } from "../../../../../tests/support/change-deps.ts";
import { changeOwnMessage } from "../messages/change-message.ts";
import { leaveTombstone, updateContent } from "../messages/store.ts";
import { sync as runSync } from "./sync.ts";

describe("catching up", () => {
  let store: StoreFixture;
  let people = 0;
  beforeAll(async () => {
    store = await createStoreFixture();
  });
  afterAll(() => store.close());

  /** Somebody who takes part in nothing yet. */
  const somebody = () => `person ${(people += 1)}`;
  const sync = (userId: string, input: Partial<SyncInput> = {}) =>
    runSync(store, asUser(userId), { versions: {}, ...input });
  const send = async (id: string, senderId: string, count: number) => {
    const sent = [];
    for (let n = 0; n < count; n += 100) {
      const size = Math.min(100, count - n);
      sent.push(...(await store.append(Array.from({ length: size }, () => ({ conversationId: id, senderId })))));
    }
    return sent;
  };
  const change = (senderId: string, messageId: string, statement: typeof updateContent, values: unknown[]) =>
    changeOwnMessage(changeDeps(store.db), asUser(senderId), messageId, {
      isFree: true,
      judge: () => async (tx) => (await tx.query(statement, values))[0],
    });
  const brief = ({ changes, ...rest }: Awaited<ReturnType<typeof sync>>) => ({
    ...rest,
    changes: changes.map(({ conversation, messages, reset }) => ({
      id: conversation.id,
      reset,
      seqs: messages.map(({ seq }) => seq),
    })),
  });

  it("brings the newest page of what is new to me", async () => {
    const me = somebody();
    const id = await store.conversation([me, "ben"]);
    await send(id, "ben", 60);
    const result = await sync(me);
    expect(brief(result)).toEqual({
      changes: [{ id, reset: true, seqs: Array.from({ length: 50 }, (_, n) => n + 11) }],
      gone: [],
      receipts: [],
      preferences: [],
      more: false,
      history: expect.any(String),
    });
    expect(result.changes[0]?.conversation).toMatchObject({ lastSeq: 60, version: 61, unread: 60 });
    expect(brief(await sync(me, { versions: { [id]: 61 } })).changes).toEqual([]);
  });

  it("brings exactly what has a higher version: new, edited, deleted, in the order of seq", async () => {
    const me = somebody();
    const id = await store.conversation([me, "ben"]);
    const sent = await send(id, "ben", 10);
    await change("ben", sent[1]?.id ?? "", updateContent, [sent[1]?.id, "edited"]);
    await change("ben", sent[3]?.id ?? "", leaveTombstone, [sent[3]?.id]);
    await send(id, "ben", 2);
    await change("ben", sent[5]?.id ?? "", updateContent, [sent[5]?.id, "edited"]);
    const from = async (version: number) => (await sync(me, { versions: { [id]: version } })).changes[0];
    const all = await from(11);
    expect(all?.reset).toBe(false);
    expect(
      all?.messages.map(({ seq, version, content, deletedAt }) => [seq, version, content, deletedAt !== null]),
    ).toEqual([
      [2, 12, "edited", false],
      [4, 13, null, true],
      [6, 16, "edited", false],
      [11, 14, "Hello", false],
      [12, 15, "Hello", false],
    ]);
    expect((await from(13))?.messages.map(({ seq }) => seq)).toEqual([6, 11, 12]);
    expect((await from(15))?.messages.map(({ seq }) => seq)).toEqual([6]);
    expect(await from(16)).toBeUndefined();
    const fetched = await store.sql("SELECT id FROM messages WHERE conversation_id = $1 AND seq = 2", [id]);
    expect(all?.messages[0]).toMatchObject({
      id: fetched[0]?.id,
      clientMessageId: expect.any(String),
      senderId: "ben",
      kind: "text",
    });
    expect(all?.messages[0]?.editedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("never shows a version twice that it has shown: from any version to the end", async () => {
    const me = somebody();
    const id = await store.conversation([me, "ben"]);
    const sent = await send(id, "ben", 8);
    for (const n of [6, 0, 3]) await change("ben", sent[n]?.id ?? "", updateContent, [sent[n]?.id, `edit ${n}`]);
    await send(id, "ben", 3);
    const stored = await store.sql<{ seq: number; version: number }>(
      "SELECT seq::int, version::int FROM messages WHERE conversation_id = $1 ORDER BY seq",
      [id],
    );
    for (let version = 1; version < 15; version += 1) {
      const { changes } = await sync(me, { versions: { [id]: version } });
      expect(changes[0]?.messages.map(({ seq }) => seq)).toEqual(
        stored.filter((message) => message.version > version).map(({ seq }) => seq),
      );
    }
  });

  it("starts over when it is too far behind, and when the caller is ahead", async () => {
    const me = somebody();
    const id = await store.conversation([me, "ben"]);
    await send(id, "ben", 501);
    const newest = Array.from({ length: 50 }, (_, n) => n + 452);
    const [behind] = brief(await sync(me, { versions: { [id]: 1 } })).changes;
    expect(behind).toEqual({ id, reset: true, seqs: newest });
    const [just] = brief(await sync(me, { versions: { [id]: 2 } })).changes;
    expect(just).toMatchObject({ id, reset: false });
    expect(just?.seqs).toHaveLength(500);
    const [ahead] = brief(await sync(me, { versions: { [id]: 9_999 } })).changes;
    expect(ahead).toEqual({ id, reset: true, seqs: newest });
  });

  it("comes in answers of at most 500 messages and 100 conversations, newest activity first", async () => {
    const me = somebody();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const id = await store.conversation([me, "ben"]);
      ids.push(id);
      await send(id, "ben", 200);
    }
    let versions: Record<string, number> = Object.fromEntries(ids.map((id) => [id, 1]));
    const first = await sync(me, { versions });
    expect(brief(first).changes.map(({ id, seqs }) => [id, seqs.length])).toEqual([
      [ids[2], 200],
      [ids[1], 200],
    ]);
    expect(first.more).toBe(true);
    versions = {
      ...versions,
      ...Object.fromEntries(first.changes.map(({ conversation }) => [conversation.id, conversation.version])),
    };
    const second = await sync(me, { versions });
    expect(brief(second)).toMatchObject({ changes: [{ id: ids[0] }], more: false });

    const many = somebody();
    for (let n = 0; n < 105; n += 1) await store.conversation([many]);
    const page = await sync(many);
    expect([page.changes.length, page.more]).toEqual([100, true]);
    const held = Object.fromEntries(page.changes.map(({ conversation }) => [conversation.id, conversation.version]));
    const rest = await sync(many, { versions: held });
    expect([rest.changes.length, rest.more]).toEqual([5, false]);
  });

  it("tells what is gone: not mine any more, never mine, never there, no id at all", async () => {
    const me = somebody();
    const [mine, lost, foreign] = [
      await store.conversation([me]),
      await store.conversation([me]),
      await store.conversation(["ben"]),
    ];
    await store.sql("DELETE FROM participants WHERE conversation_id = $1", [lost]);
    const unknown = ["01932c9f-7a4b-7000-8000-000000000000", "no uuid", "'; DROP TABLE users", mine.toUpperCase()];
    const versions = Object.fromEntries([mine, lost, foreign, ...unknown].map((id) => [id, 1]));
    const { gone, changes } = await sync(me, { versions, positions: versions });
    expect(gone.sort()).toEqual([lost, foreign, ...unknown].sort());
    expect(changes).toEqual([]);
  });

  it("brings positions that moved without a version, by their sums", async () => {
    const me = somebody();
    const id = await store.conversation([me, "ben"]);
    await send(id, "ben", 4);
    const ask = (sum: number, version = 5) => sync(me, { versions: { [id]: version }, positions: { [id]: sum } });
    expect((await ask(8)).receipts).toEqual([]);
    await store.sql(
      "UPDATE participants SET delivered_seq = 3, read_seq = 2 WHERE conversation_id = $1 AND user_id = $2",
      [id, me],
    );
    expect((await ask(13)).receipts).toEqual([]);
    const { receipts } = await ask(8);
    expect(receipts.toSorted((a, b) => a.userId.localeCompare(b.userId))).toEqual([
      { conversationId: id, userId: "ben", readSeq: 4, deliveredSeq: 4 },
      { conversationId: id, userId: me, readSeq: 2, deliveredSeq: 3 },
    ]);
    // They stand in the conversation already when that one comes anew.
    expect(await ask(8, 4)).toMatchObject({ receipts: [], changes: [{ conversation: { id } }] });
    const foreign = await store.conversation(["ben"]);
    expect((await sync(me, { positions: { [foreign]: 99 } })).receipts).toEqual([]);
  });
});
