import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { indexedDbOutbox } from "./indexeddb-outbox-store.ts";
import { memoryOutbox } from "./memory-outbox-store.ts";
import type { OpenOutboxStore } from "./outbox-store.ts";
import type { OutboxMessage } from "./state.ts";

const entry = (clientMessageId: string, over: Partial<OutboxMessage> = {}): OutboxMessage => ({
  clientMessageId,
  conversationId: "c1",
  content: "Hello",
  replyTo: null,
  mentions: [],
  createdAt: "2026-01-05T08:00:00.000Z",
  status: "pending",
  problem: null,
  ...over,
});

const drivers: [string, () => OpenOutboxStore][] = [
  ["in memory", memoryOutbox],
  ["in IndexedDB", () => indexedDbOutbox],
];

describe.each(drivers)("an outbox store %s", (name, make) => {
  const scope = (test: string) => `${name} ${test}`;

  it("keeps entries in the order of sending, whatever the order of putting", async () => {
    const store = make()(scope("order"));
    for (const id of ["b", "a", "c"]) await store.put(entry(id));
    expect((await store.readAll()).map(({ clientMessageId }) => clientMessageId)).toEqual(["a", "b", "c"]);
    store.close();
  });

  it("replaces an entry with the same id, and gives it back as it was put", async () => {
    const store = make()(scope("replace"));
    await store.put(entry("a"));
    await store.put(entry("a", { status: "failed" }));
    expect(await store.readAll()).toEqual([entry("a", { status: "failed" })]);
    store.close();
  });

  it("keeps what a reply quotes and whom it mentions", async () => {
    const store = make()(scope("replies"));
    const replyTo = { messageId: "m", seq: 3, senderId: null, excerpt: "Hello" };
    await store.put(entry("a", { replyTo, mentions: ["ben", "cem"] }));
    expect(await store.readAll()).toEqual([entry("a", { replyTo, mentions: ["ben", "cem"] })]);
    store.close();
  });

  it("removes; removing what is not there does nothing", async () => {
    const store = make()(scope("remove"));
    await store.put(entry("a"));
    await store.remove("a");
    await store.remove("a");
    expect(await store.readAll()).toEqual([]);
    store.close();
  });

  it("is shared by all who open the same scope, also later, and by nobody else", async () => {
    const open = make();
    const first = open(scope("shared"));
    await first.put(entry("a"));
    const second = open(scope("shared"));
    expect(await second.readAll()).toEqual([entry("a")]);
    first.close();
    expect(await open(scope("shared")).readAll()).toHaveLength(1);
    expect(await open(scope("other")).readAll()).toEqual([]);
  });
});

it("completes what an earlier version of the client has left in IndexedDB", async () => {
  const store = indexedDbOutbox("an earlier version");
  const { replyTo: _, mentions: __, ...earlier } = entry("a");
  await store.put(earlier as OutboxMessage);
  expect(await store.readAll()).toEqual([entry("a")]);
  store.close();
});
