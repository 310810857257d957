import { ManualClock } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { memoryOutbox } from "./memory-outbox-store.ts";
import { OutboxKeeper } from "./outbox-keeper.ts";
import type { OutboxStore } from "./outbox-store.ts";
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

/** A disk whose answers wait for `wake`. */
function sleepyDisk() {
  const disk = memoryOutbox()("ana");
  let wake = () => {};
  let asleep = false;
  let awake: Promise<void> = Promise.resolve();
  const later =
    <Args extends unknown[], Answer>(work: (...args: Args) => Promise<Answer>) =>
    (...args: Args) =>
      awake.then(() => work(...args));
  const store: OutboxStore = {
    ...disk,
    readAll: later(disk.readAll),
    put: later(disk.put),
    remove: later(disk.remove),
  };
  return {
    disk,
    store,
    sleep: () => {
      asleep = true;
      awake = new Promise((resolve) => {
        wake = resolve;
      });
    },
    wake: () => {
      if (asleep) wake();
    },
  };
}

const ids = (entries: readonly OutboxMessage[]) => entries.map(({ clientMessageId }) => clientMessageId);

describe("what keeps the outbox", () => {
  it("waits for a disk that does not answer once, not each time, and trusts it when it answers again", async () => {
    const clock = new ManualClock();
    const { disk, store, sleep, wake } = sleepyDisk();
    const keeper = new OutboxKeeper(Promise.resolve(store), clock);
    expect(await keeper.keep(entry("a"))).toBe(true);
    sleep();
    const kept = keeper.keep(entry("b"));
    await clock.advance(3_000);
    expect(await kept).toBe(false);
    expect(await keeper.keep(entry("c"))).toBe(false);
    expect(ids(await keeper.readAll())).toEqual(["b", "c"]);
    await keeper.forget("b");
    wake();
    await clock.advance(0);
    // The disk was asked all of it, in its order.
    expect(ids(await disk.readAll())).toEqual(["a", "c"]);
    expect(ids(await keeper.readAll())).toEqual(["a", "c"]);
  });

  it("takes what another tab could not keep, and lets it go with that tab's word", async () => {
    const keeper = new OutboxKeeper(Promise.resolve(memoryOutbox()("ana")), new ManualClock());
    keeper.adopt({ entry: entry("a"), isVolatile: true });
    keeper.adopt({ entry: entry("b"), isVolatile: true });
    keeper.adopt({ entry: entry("d"), isVolatile: false });
    keeper.changed("a", entry("a", { status: "failed" }));
    keeper.changed("c", entry("c"));
    expect((await keeper.readAll()).map(({ clientMessageId, status }) => [clientMessageId, status])).toEqual([
      ["a", "failed"],
      ["b", "pending"],
    ]);
    keeper.changed("b", null);
    await keeper.forget("a");
    expect(await keeper.readAll()).toEqual([]);
  });
});
