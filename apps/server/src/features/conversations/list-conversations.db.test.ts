import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { listConversations } from "./list-conversations.ts";

describe("the inbox", () => {
  let store: StoreFixture;
  const ids: string[] = [];
  beforeAll(async () => {
    store = await createStoreFixture();
    for (let n = 0; n < 9; n += 1) ids.push(await store.conversation(["ana", "ben"]));
    await store.conversation(["ben"]);
    // Three moments, three conversations each.
    await store.sql(
      `UPDATE conversations c SET updated_at = timestamptz '2026-01-01' + interval '1 hour' * (place.n / 3)
       FROM unnest($1::uuid[]) WITH ORDINALITY AS place (id, n) WHERE c.id = place.id`,
      [ids],
    );
  });
  afterAll(() => store.close());

  type Query = Partial<Parameters<typeof listConversations>[2]>;
  const list = (query: Query = {}, userId = "ana") =>
    listConversations(store, asUser(userId), { limit: 30, filter: "all", sort: "newest", box: "all", ...query });
  const idsOf = async (query?: Query) => (await list(query)).conversations.map(({ id }) => id);

  it("shows newest activity first, by id where the times are equal", async () => {
    const rows = await store.sql<{ id: string }>(
      "SELECT id FROM conversations WHERE id = ANY ($1) ORDER BY updated_at DESC, id DESC",
      [ids],
    );
    expect(await idsOf()).toEqual(rows.map(({ id }) => id));
  });

  /** Page by page, to the end. */
  async function walk(query: Query & { limit: number }): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page: Awaited<ReturnType<typeof listConversations>> = await list({ ...query, ...(cursor && { cursor }) });
      seen.push(...page.conversations.map(({ id }) => id));
      expect(page.conversations.length).toBeLessThanOrEqual(query.limit);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return seen;
  }

  it.each([1, 2, 3, 4, 8, 9, 10])("comes in pages of %i without a double or a hole", async (limit) => {
    expect(await walk({ limit })).toEqual(await idsOf());
  });

  it.each([1, 2, 3, 4, 8, 9, 10])("is sorted the other way, or what is unread first, in pages of %i", async (limit) => {
    const all = await idsOf();
    expect(await walk({ limit, sort: "oldest" })).toEqual(all.toReversed());
    const unread = [all[1], all[4], all[8]] as string[];
    await store.sql(
      `UPDATE participants SET preference_version = 1, marked_unread = conversation_id = ANY ($1) WHERE user_id = 'ana'`,
      [unread],
    );
    const read = all.filter((id) => !unread.includes(id));
    expect(await walk({ limit, sort: "unread" })).toEqual([...unread, ...read]);
    expect(await walk({ limit, sort: "unread", filter: "unread" })).toEqual(unread);
    await store.sql("UPDATE participants SET marked_unread = false");
  });

  it("takes no cursor of another order", async () => {
    const { nextCursor } = await list({ limit: 2, sort: "oldest" });
    for (const sort of ["newest", "unread"] as const) {
      await expect(list({ sort, cursor: nextCursor ?? "" })).rejects.toMatchObject({ code: "invalid_request" });
    }
  });

  it("goes up with a new message, not with an edit", async () => {
    const last = (await idsOf()).at(-1) ?? "";
    await store.append([{ conversationId: last, senderId: "ben", content: "News" }]);
    const [first] = (await list()).conversations;
    expect(first).toMatchObject({ id: last, unread: 1, lastMessage: { content: "News", seq: 1 } });
    expect(first?.updatedAt).toBe(first?.lastMessage?.createdAt);
  });

  it("is narrowed by status, unread, type and subject", async () => {
    const [a, b, c] = ids as [string, string, string];
    await store.sql("UPDATE conversations SET status = 'archived' WHERE id = $1", [a]);
    await store.sql(
      "UPDATE conversations SET status = 'locked', type = 'order', subject_type = 'order', subject_id = '7' WHERE id = $1",
      [b],
    );
    await store.sql("UPDATE conversations SET subject_type = 'gig', subject_id = '7' WHERE id = $1", [c]);
    const unread = await list({ filter: "unread" });
    expect(unread.conversations.map(({ unread }) => unread)).toEqual([1]);
    expect(await idsOf({ filter: "archived" })).toEqual([a]);
    expect(await idsOf({ filter: "locked" })).toEqual([b]);
    expect(await idsOf({ filter: "active" })).toHaveLength(7);
    expect(await idsOf({ type: "order" })).toEqual([b]);
    expect((await idsOf({ subjectId: "7" })).sort()).toEqual([b, c].sort());
    expect(await idsOf({ subjectId: "7", subjectType: "gig" })).toEqual([c]);
    expect(await idsOf({ subjectId: "8" })).toEqual([]);
  });

  it("refuses cursors that it did not give", async () => {
    const encode = (text: string) => Buffer.from(text).toString("base64url");
    for (const cursor of [
      "",
      "x",
      encode("2026-01-01T00:00:00.000Z"),
      encode(`2026-13-01T00:00:00.000Z ${ids[0]} newest`),
      encode(`now ${ids[0]} newest`),
      encode(`2026-01-01T00:00:00.000Z ${ids[0]} read`),
    ]) {
      await expect(list({ cursor })).rejects.toMatchObject({ code: "invalid_request" });
    }
  });
});
