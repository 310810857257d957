import type { Receipt } from "@parley/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { createDomainEventBus } from "../../platform/domain-events.ts";
import { markAllRead } from "../receipts/mark-all-read.ts";
import { movePosition } from "../receipts/move-position.ts";
import { changeSettings } from "./change-settings.ts";

describe("read receipts", () => {
  let store: StoreFixture;
  let count = 0;
  const told: { recipients: readonly string[]; receipt: Receipt }[] = [];
  beforeAll(async () => {
    store = await createStoreFixture();
  });
  afterAll(() => store.close());
  beforeEach(() => {
    told.length = 0;
    count += 1;
    ana = `ana ${count}`;
  });

  const deps = () => ({
    db: store.db,
    bus: createDomainEventBus(() => {}),
    fanOut: {
      toParticipants: (_id: string, recipients: readonly string[], _name: string, receipt: Receipt) =>
        void told.push({ recipients, receipt }),
      toUsers: () => {},
    } as never,
  });
  /** Another one in each test. */
  let ana = "";
  const tell = (readReceipts: boolean, userId = ana) => changeSettings(deps(), asUser(userId), { readReceipts });
  const move = (which: "read" | "delivered", conversationId: string, seq: number, userId = ana) =>
    movePosition(deps(), asUser(userId), which, { conversationId, seq });
  const withMessages = async (count: number) => {
    const id = await store.conversation([ana, "ben", "carl"]);
    await store.append(Array.from({ length: count }, () => ({ conversationId: id, senderId: "ben" })));
    return id;
  };
  const frames = () =>
    told.map(({ recipients, receipt }) => [
      recipients.join(" ").replace(/ana \d/, "ana"),
      receipt.readSeq,
      receipt.deliveredSeq,
    ]);

  it("go to all in one frame, and in two only while they differ", async () => {
    const id = await withMessages(5);
    await move("read", id, 1);
    await move("delivered", id, 5);
    await tell(false);
    await move("read", id, 2);
    await move("read", id, 3);
    await tell(true);
    await move("read", id, 4);
    expect(frames()).toEqual([
      ["ana ben carl", 1, 1],
      ["ana ben carl", 1, 5],
      ["ana", 2, 5],
      ["ana", 3, 5],
      ["ana ben carl", 3, 5],
      ["ana ben carl", 4, 5],
    ]);
  });

  it("that are off let others see what arrived, and nothing where nothing did", async () => {
    const id = await withMessages(4);
    await tell(false);
    await move("read", id, 2);
    await move("delivered", id, 3);
    await markAllRead(deps(), asUser(ana));
    await store.append([{ conversationId: id, senderId: "ben" }]);
    await move("delivered", id, 5);
    await markAllRead(deps(), asUser(ana));
    expect(frames()).toEqual([
      ["ana", 2, 2],
      ["ben carl", 0, 2],
      ["ana", 2, 3],
      ["ben carl", 0, 3],
      ["ana", 4, 4],
      ["ben carl", 0, 4],
      ["ana", 4, 5],
      ["ben carl", 0, 5],
      ["ana", 5, 5],
    ]);
  });

  it("are the person's own, for every conversation", async () => {
    const [one, two] = [await withMessages(1), await withMessages(1)];
    await tell(false);
    for (const id of [one, two]) for (const userId of [ana, "carl"]) await move("read", id, 1, userId);
    const quiet = await store.sql(
      "SELECT user_id FROM participants WHERE read_seq <> shown_read_seq AND conversation_id = ANY ($1)",
      [[one, two]],
    );
    expect(quiet.map(({ user_id }) => user_id)).toEqual([ana, ana]);
    told.length = 0;
    await tell(true);
    expect(told.map(({ receipt }) => receipt.conversationId).sort()).toEqual([one, two].sort());
    const left = "SELECT FROM participants WHERE read_seq <> shown_read_seq AND user_id = $1";
    expect(await store.sql(left, [ana])).toEqual([]);
  });

  /** Another server, at which something happens before one of the statements of this one. */
  const interrupted = (name: string, meanwhile: () => Promise<unknown>): typeof store.db => ({
    ...store.db,
    transaction: (work) =>
      store.db.transaction((tx) =>
        work({
          query: async (statement, values) => {
            if (statement.name === name) await meanwhile();
            return tx.query(statement, values);
          },
        }),
      ),
  });
  const readNumbers = async (id: string) =>
    (
      await store.sql(
        "SELECT read_seq::int AS read, shown_read_seq::int AS shown FROM participants WHERE conversation_id = $1 AND user_id = $2",
        [id, ana],
      )
    )[0];

  it("turned off elsewhere before they are shown stay hidden", async () => {
    const id = await withMessages(3);
    await tell(false);
    const other = { ...deps(), db: store.secondDatabase() };
    // Between the commit of "on" here and the look at what is hidden, another server turns them off and reads.
    const meanwhile = async () => {
      await changeSettings(other, asUser(ana), { readReceipts: false });
      await movePosition(other, asUser(ana), "read", { conversationId: id, seq: 2 });
    };
    const transaction: typeof store.db.transaction = async (work) => (await meanwhile(), store.db.transaction(work));
    await changeSettings({ ...deps(), db: { ...store.db, transaction } }, asUser(ana), { readReceipts: true });
    expect(await readNumbers(id)).toEqual({ read: 2, shown: 0 });
  });

  it("turned off elsewhere while they are shown wait, and hide what is read from then on", async () => {
    const id = await withMessages(3);
    await tell(false);
    await move("read", id, 1);
    const other = { ...deps(), db: store.secondDatabase() };
    let reading: Promise<unknown> | undefined;
    const db = interrupted("lock_quiet_conversations", async () => {
      const off = changeSettings(other, asUser(ana), { readReceipts: false });
      reading = off.then(() => movePosition(other, asUser(ana), "read", { conversationId: id, seq: 2 }));
      await new Promise((resolve) => setTimeout(resolve, 150));
    });
    await changeSettings({ ...deps(), db }, asUser(ana), { readReceipts: true });
    await reading;
    expect(await readNumbers(id)).toEqual({ read: 2, shown: 1 });
  });

  it("are told to the person before anything is shown to others", async () => {
    const id = await withMessages(1);
    await tell(false);
    await move("read", id, 1);
    const order: string[] = [];
    const fanOut = {
      toParticipants: (_id: string, _to: unknown, name: string) => void order.push(name),
      toUsers: (_to: unknown, name: string) => void order.push(name),
    } as never;
    await changeSettings({ ...deps(), fanOut }, asUser(ana), { readReceipts: true });
    expect(order).toEqual(["settings:updated", "receipt:updated"]);
  });

  it("never lock up with batches, reading and read-all, and are shown in the end", async () => {
    const people = ["s0", "s1", "s2"];
    const ids = await Promise.all(Array.from({ length: 8 }, () => store.conversation(people)));
    const end = performance.now() + 2_000;
    const endlessly = async (work: (n: number) => Promise<unknown>) => {
      for (let n = 0; performance.now() < end; n += 1) await work(n);
    };
    const rotated = (n: number) => [...ids.slice(n % 8), ...ids.slice(0, n % 8)];
    await Promise.all([
      endlessly((n) =>
        store.append(rotated(n).map((conversationId) => ({ conversationId, senderId: `s${n % people.length}` }))),
      ),
      ...people.map((userId) => endlessly((n) => tell(n % 2 === 0, userId))),
      ...people.map((userId) => endlessly(() => markAllRead(deps(), asUser(userId)))),
      ...people.map((userId) => endlessly((n) => move("read", ids[n % 8] ?? "", n * 3, userId))),
    ]);
    expect(await store.sql("SELECT FROM participants WHERE shown_read_seq > read_seq")).toEqual([]);
    for (const userId of people) await tell(true, userId);
    const left = "SELECT FROM participants WHERE read_seq <> shown_read_seq AND user_id = ANY ($1)";
    expect(await store.sql(left, [people])).toEqual([]);
  }, 30_000);
});
