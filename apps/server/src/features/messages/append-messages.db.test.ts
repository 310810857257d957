import { limits } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeDeps } from "../../../../../tests/support/change-deps.ts";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { deleteParticipant } from "../participants/store.ts";
import { changeOwnMessage } from "./change-message.ts";
import { leaveTombstone, updateContent } from "./store.ts";

describe("append_messages", () => {
  let store: StoreFixture;
  beforeAll(async () => {
    store = await createStoreFixture();
  });
  afterAll(() => store.close());

  const conversationRow = async (id: string) =>
    (await store.sql("SELECT last_seq::int, version::int, status FROM conversations WHERE id = $1", [id]))[0];
  const seqsOf = async (id: string) =>
    (
      await store.sql<{ seq: number }>("SELECT seq::int FROM messages WHERE conversation_id = $1 ORDER BY seq", [id])
    ).map(({ seq }) => seq);
  const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

  it("numbers a batch in its order, conversation by conversation", async () => {
    const [a, b] = [await store.conversation(["ana", "ben"]), await store.conversation(["ben", "carl"])];
    const batch = [a, b, a, a, b].map((conversationId, n) => ({ conversationId, senderId: "ben", content: `${n}` }));
    const rows = await store.append(batch);
    expect(rows.map(({ outcome, seq, version }) => [outcome, seq, version])).toEqual([
      ["accepted", 1, 2],
      ["accepted", 1, 2],
      ["accepted", 2, 3],
      ["accepted", 3, 4],
      ["accepted", 2, 3],
    ]);
    expect(
      await store.sql(
        "SELECT seq::int, sender_id, content FROM messages WHERE conversation_id = ANY ($1) ORDER BY conversation_id = $2, seq",
        [[a, b], b],
      ),
    ).toEqual(
      [
        [1, "0"],
        [2, "2"],
        [3, "3"],
        [1, "1"],
        [2, "4"],
      ].map(([seq, content]) => ({ seq, sender_id: "ben", content })),
    );
    expect(rows.map(({ recipients }) => recipients?.sort() ?? null)).toEqual([
      ["ana", "ben"],
      ["ben", "carl"],
      null,
      null,
      null,
    ]);
    expect(await conversationRow(a)).toEqual({ last_seq: 3, version: 4, status: "active" });
    const [next] = await store.append([{ conversationId: a, senderId: "ana" }]);
    expect(next).toMatchObject({ seq: 4, version: 5, recipients: ["ana", "ben"] });
    const updated = await store.sql(
      "SELECT updated_at = (SELECT max(created_at) FROM messages WHERE conversation_id = c.id) AS same FROM conversations c WHERE id = $1",
      [a],
    );
    expect(updated).toEqual([{ same: true }]);
  });

  it("leaves no hole where some of a batch are refused", async () => {
    const id = await store.conversation(["ana"]);
    const rows = await store.append([
      { conversationId: id, senderId: "ana" },
      { conversationId: id, senderId: "eve" },
      { conversationId: "01932c9f-7a4b-7000-8000-000000000000", senderId: "ana" },
      { conversationId: id, senderId: null },
      { conversationId: id, senderId: "ana" },
    ]);
    expect(rows.map(({ outcome, seq }) => [outcome, seq])).toEqual([
      ["accepted", 1],
      ["not_found", null],
      ["not_found", null],
      ["not_found", null],
      ["accepted", 2],
    ]);
    expect(await conversationRow(id)).toMatchObject({ last_seq: 2, version: 3 });
  });

  it("has no hole and no double under 20 senders and two servers at once", async () => {
    const people = Array.from({ length: 20 }, (_, n) => `sender ${n}`);
    const [id, other] = [await store.conversation(people), await store.conversation(people)];
    const second = store.secondDatabase();
    await Promise.all(
      people.map(async (senderId, who) => {
        for (let n = 0; n < 10; n += 1) {
          const batch = [id, other, id].map((conversationId) => ({ conversationId, senderId }));
          await store.append(who % 3 ? batch : batch.toReversed(), who % 2 ? store.db : second);
        }
      }),
    );
    expect(await seqsOf(id)).toEqual(upTo(400));
    expect(await seqsOf(other)).toEqual(upTo(200));
    expect(await conversationRow(id)).toMatchObject({ last_seq: 400, version: 401 });
    const versions = await store.sql<{ version: number }>(
      "SELECT version::int FROM messages WHERE conversation_id = $1 ORDER BY version",
      [id],
    );
    expect(versions.map(({ version }) => version)).toEqual(upTo(400).map((n) => n + 1));
    const backwards = await store.sql(
      "SELECT FROM (SELECT created_at < lag(created_at) OVER (ORDER BY seq) AS back FROM messages WHERE conversation_id = $1) t WHERE back",
      [id],
    );
    expect(backwards).toEqual([]);
  });

  it("returns the first result for a repeat, also from another server at the same moment", async () => {
    const id = await store.conversation(["ana", "ben"]);
    const again = { conversationId: id, senderId: "ana", clientMessageId: "one", content: "Hello" };
    const second = store.secondDatabase();
    const both = await Promise.all(upTo(10).map((n) => store.append([again], n % 2 ? store.db : second)));
    const rows = both.flat();
    expect(rows.filter(({ outcome }) => outcome === "accepted")).toHaveLength(1);
    expect(rows.filter(({ outcome }) => outcome === "repeated")).toHaveLength(9);
    expect(
      new Set(rows.map(({ id, seq, version, created_at }) => JSON.stringify([id, seq, version, created_at]))).size,
    ).toBe(1);
    expect(await conversationRow(id)).toMatchObject({ last_seq: 1, version: 2 });
    const mixed = await store.append([{ ...again, content: "Other" }, { ...again, kind: "system" }, again]);
    expect(mixed.map(({ outcome }) => outcome)).toEqual([
      "client_message_id_reused",
      "client_message_id_reused",
      "repeated",
    ]);
    const elsewhere = await store.append([
      { ...again, conversationId: await store.conversation(["ana"]) },
      { ...again, senderId: "ben" },
      { ...again, senderId: null, byHost: true },
    ]);
    expect(elsewhere.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted", "accepted"]);
    const [hostAgain] = await store.append([{ ...again, senderId: null, byHost: true }]);
    expect(hostAgain).toMatchObject({ outcome: "repeated", sender_id: null });
  });

  it("knows a repeat by what was first sent, also after it was edited or deleted", async () => {
    const id = await store.conversation(["ana"]);
    const sent = { conversationId: id, senderId: "ana", clientMessageId: "one", content: "first" };
    const [row] = await store.append([sent]);
    const change = (statement: typeof updateContent, values: unknown[]) =>
      changeOwnMessage(changeDeps(store.db), asUser("ana"), row?.id ?? "", {
        judge: () => async (tx) => (await tx.query(statement, values))[0],
      });
    await change(updateContent, [row?.id, "second"]);
    expect(await store.append([sent])).toMatchObject([{ outcome: "repeated", content: "second", version: 3 }]);
    expect(await store.append([{ ...sent, content: "second" }])).toMatchObject([
      { outcome: "client_message_id_reused" },
    ]);
    await change(leaveTombstone, [row?.id]);
    expect(await store.append([sent])).toMatchObject([{ outcome: "repeated", content: null, version: 4 }]);
    expect(await store.sql("SELECT deleted_content FROM messages WHERE conversation_id = $1", [id])).toEqual([
      { deleted_content: "second" },
    ]);
  });

  it("asks status and roles as they are after the lock", async () => {
    const id = await store.conversation({ olga: "owner", adam: "admin", mia: "member" });
    const outcomes = async (adminsOnly = false) => {
      const batch = ["olga", "adam", "mia"].map((senderId) => ({ conversationId: id, senderId, adminsOnly }));
      const rows = await store.append([
        ...batch,
        { conversationId: id, byHost: true },
        { conversationId: id, senderId: "mia", byHost: true },
      ]);
      return rows.map(({ outcome }) => outcome);
    };
    const set = (status: string) => store.sql("UPDATE conversations SET status = $2 WHERE id = $1", [id, status]);
    const [ok, locked, archived] = ["accepted", "conversation_locked", "conversation_archived"];
    expect(await outcomes()).toEqual([ok, ok, ok, ok, ok]);
    expect(await outcomes(true)).toEqual([ok, ok, "writers_only", ok, ok]);
    await set("locked");
    expect(await outcomes()).toEqual([locked, ok, locked, ok, ok]);
    await set("archived");
    expect(await outcomes()).toEqual([archived, archived, archived, ok, ok]);
  });

  it("sees a removal that committed while it waited for the lock", async () => {
    const id = await store.conversation(["ana", "ben"]);
    let appended: ReturnType<StoreFixture["append"]> | undefined;
    await store.db.transaction(async (tx) => {
      await tx.query({ name: "test_lock", text: "SELECT FROM conversations WHERE id = $1 FOR NO KEY UPDATE" }, [id]);
      appended = store.append([
        { conversationId: id, senderId: "ben" },
        { conversationId: id, senderId: "ana" },
      ]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await tx.query(deleteParticipant, [id, "ben", false]);
    });
    expect(await appended).toMatchObject([
      { outcome: "not_found" },
      { outcome: "accepted", seq: 1, recipients: ["ana"] },
    ]);
  });

  it("brings a quote and the mentions that hold, and stores nothing where there are none", async () => {
    const [id, other] = [await store.conversation(["ana", "ben"]), await store.conversation(["ana"])];
    const text = "ü".repeat(limits.quoteLength + 5);
    await store.append([
      { conversationId: id, senderId: "ana", content: text },
      { conversationId: other, senderId: "ana" },
      { conversationId: other, senderId: "ana" },
    ]);
    const batch = [
      { conversationId: id, senderId: "ben", replyToSeq: 1, mentions: ["eve", "ben", "ana", "ben"] },
      { conversationId: id, senderId: "ben" },
      { conversationId: id, senderId: "ben", replyToSeq: 2 },
      { conversationId: id, senderId: "eve", replyToSeq: 9 },
      { conversationId: id, byHost: true, kind: "system" as const, replyToSeq: 9 },
      { conversationId: id, senderId: "ben", mentions: ["eve"] },
    ];
    const rows = await store.append(batch);
    expect(rows.map(({ outcome, seq }) => [outcome, seq])).toEqual([
      ["accepted", 2],
      ["accepted", 3],
      // Not yet there when the batch began: nobody can have seen it.
      ["reply_target_not_found", null],
      ["not_found", null],
      ["reply_target_not_found", null],
      ["accepted", 4],
    ]);
    const excerpt = "ü".repeat(limits.quoteLength);
    const quote = { reply_seq: 1, reply_sender_id: "ana", reply_excerpt: excerpt, mentions: ["ben", "ana"] };
    expect(rows[0]).toMatchObject({ ...quote, reactions: null, pinned_at: null });
    const stored = await store.sql(
      `SELECT reply_seq::int, reply_sender_id, reply_excerpt, mentions, touched FROM messages
       WHERE conversation_id = $1 AND seq > 1 ORDER BY seq`,
      [id],
    );
    const nothing = { reply_seq: null, reply_sender_id: null, reply_excerpt: null, mentions: null, touched: null };
    expect(stored).toEqual([{ ...quote, touched: null }, nothing, nothing]);
  });

  it("tells a reply from the same words without one, or to something else", async () => {
    const id = await store.conversation(["ana"]);
    const sent = { conversationId: id, senderId: "ana", content: "Yes", clientMessageId: "x" };
    await store.append([
      { conversationId: id, senderId: "ana" },
      { conversationId: id, senderId: "ana" },
    ]);
    await store.append([{ ...sent, replyToSeq: 1, mentions: ["ana"] }]);
    const outcomes = [];
    for (const more of [
      { replyToSeq: 1, mentions: ["ana"] },
      { replyToSeq: 2, mentions: ["ana"] },
      { replyToSeq: 1, mentions: ["ana", "ben"] },
      { replyToSeq: 1 },
      {},
    ]) {
      const [row] = await store.append([{ ...sent, ...more }]);
      outcomes.push(row?.outcome);
      if (row?.outcome === "repeated") expect(row).toMatchObject({ reply_seq: 1, mentions: ["ana"], content: "Yes" });
    }
    expect(outcomes).toEqual(["repeated", ...Array.from({ length: 4 }, () => "client_message_id_reused")]);
  });

  it("never counts own messages as unread", async () => {
    const id = await store.conversation(["ana", "ben"]);
    await store.append([
      { conversationId: id, senderId: "ben" },
      { conversationId: id, senderId: "ana" },
      { conversationId: id, senderId: "ben" },
      { conversationId: id, senderId: "ana" },
      { conversationId: id, byHost: true, kind: "system" },
    ]);
    const positions = await store.sql(
      "SELECT user_id, read_seq::int AS read, delivered_seq::int AS delivered FROM participants WHERE conversation_id = $1 ORDER BY 1",
      [id],
    );
    expect(positions).toEqual([
      { user_id: "ana", read: 4, delivered: 4 },
      { user_id: "ben", read: 3, delivered: 3 },
    ]);
  });
});
