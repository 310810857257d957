import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { listMessages } from "./list-messages.ts";

describe("history", () => {
  let store: StoreFixture;
  let id: string;
  beforeAll(async () => {
    store = await createStoreFixture();
    id = await store.conversation(["ana", "ben"]);
    await store.append(Array.from({ length: 20 }, () => ({ conversationId: id, senderId: "ana" })));
  });
  afterAll(() => store.close());

  const page = async (query: { limit: number; before?: number; after?: number; around?: number }, of = id) => {
    const { messages, hasMore } = await listMessages(store, asUser("ben"), { conversationId: of, query });
    return [messages.map(({ seq }) => seq), hasMore];
  };

  it.each([
    ["the newest page", { limit: 3 }, [18, 19, 20], true],
    ["all of it", { limit: 20 }, Array.from({ length: 20 }, (_, n) => n + 1), false],
    ["before", { limit: 3, before: 10 }, [7, 8, 9], true],
    ["exactly to the beginning", { limit: 3, before: 4 }, [1, 2, 3], false],
    ["before the first", { limit: 3, before: 1 }, [], false],
    ["before zero", { limit: 3, before: 0 }, [], false],
    ["before something far away", { limit: 3, before: Number.MAX_SAFE_INTEGER }, [18, 19, 20], true],
    ["after", { limit: 3, after: 10 }, [11, 12, 13], true],
    ["exactly to the end", { limit: 3, after: 17 }, [18, 19, 20], false],
    ["after zero", { limit: 3, after: 0 }, [1, 2, 3], true],
    ["after the last", { limit: 3, after: 20 }, [], false],
    ["around", { limit: 5, around: 10 }, [8, 9, 10, 11, 12], true],
    ["around, with an even limit", { limit: 4, around: 10 }, [8, 9, 10, 11], true],
    ["around, only one", { limit: 1, around: 10 }, [10], true],
    ["around the first", { limit: 5, around: 1 }, [1, 2, 3], true],
    ["around the last", { limit: 5, around: 20 }, [18, 19, 20], true],
    ["around everything", { limit: 40, around: 10 }, Array.from({ length: 20 }, (_, n) => n + 1), false],
    ["around nothing", { limit: 4, around: 100 }, [19, 20], true],
  ])("%s", async (_, query, seqs, hasMore) => {
    expect(await page(query)).toEqual([seqs, hasMore]);
  });

  it("is empty where nothing was said, and not there for others", async () => {
    const empty = await store.conversation(["ben"]);
    expect(await page({ limit: 10 }, empty)).toEqual([[], false]);
    const foreign = await store.conversation(["ana"]);
    for (const unknown of [foreign, "01932c9f-7a4b-7000-8000-000000000000", "no-uuid", id.toUpperCase()]) {
      await expect(page({ limit: 10 }, unknown)).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("walks through all of it in both ways, without a double", async () => {
    const down: number[] = [];
    for (let before: number | undefined = 21; before !== undefined; ) {
      const [seqs, more] = (await page({ limit: 6, before })) as [number[], boolean];
      down.unshift(...seqs);
      before = more ? seqs[0] : undefined;
    }
    const up: number[] = [];
    for (let after: number | undefined = 0; after !== undefined; ) {
      const [seqs, more] = (await page({ limit: 6, after })) as [number[], boolean];
      up.push(...seqs);
      after = more ? seqs.at(-1) : undefined;
    }
    expect(down).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(up).toEqual(down);
  });
});
