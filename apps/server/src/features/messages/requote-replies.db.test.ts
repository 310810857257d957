import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeDeps } from "../../../../../tests/support/change-deps.ts";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { systemClock } from "../../platform/clock.ts";
import { deleteMessage } from "./delete-message.ts";
import { editMessage } from "./edit-message.ts";
import { requoteDue } from "./requote-replies.ts";

const REPLIES = 450;

describe("a message with very many replies", () => {
  let store: StoreFixture;
  let id: string;
  let messageId: string;
  let told: { name: string; version: number }[];
  beforeAll(async () => {
    store = await createStoreFixture();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    id = await store.conversation(["ana", "ben"]);
    const [asked] = await store.append([{ conversationId: id, senderId: "ana", content: "Before" }]);
    messageId = asked?.id ?? "";
    const reply = { conversationId: id, senderId: "ben", replyToSeq: 1 };
    for (let n = 0; n < REPLIES; n += 150) await store.append(Array.from({ length: 150 }, () => reply));
    told = [];
  });

  const deps = (db = store.db) => ({
    ...changeDeps(
      db,
      (_id, _to, name, payload) => void told.push({ name, version: (payload as { version: number }).version }),
    ),
    clock: systemClock,
  });
  const edit = (content: string) => editMessage(deps(), asUser("ana"), { messageId, content });
  /** How many replies quote what. */
  const quotes = async () =>
    Object.fromEntries(
      (
        await store.sql<{ quote: string; n: number }>(
          `SELECT coalesce(reply_excerpt, 'nothing') AS quote, count(*)::int AS n FROM messages
           WHERE conversation_id = $1 AND reply_seq = 1 GROUP BY 1`,
          [id],
        )
      ).map(({ quote, n }) => [quote, n]),
    );
  const due = async () => (await store.sql("SELECT FROM quotes_due WHERE conversation_id = $1", [id])).length;
  const version = async () =>
    (await store.sql<{ version: number }>("SELECT version::int FROM conversations WHERE id = $1", [id]))[0]?.version;

  it("takes the newest along when it changes, and the others step by step, each with a version of its own", async () => {
    const before = (await version()) ?? 0;
    await edit("After");
    expect([await quotes(), await due(), await version()]).toEqual([{ After: 200, Before: 250 }, 1, before + 201]);
    await requoteDue(deps());
    expect([await quotes(), await due(), await version()]).toEqual([{ After: 400, Before: 50 }, 1, before + 401]);
    await requoteDue(deps());
    expect([await quotes(), await due(), await version()]).toEqual([{ After: 450 }, 0, before + 451]);
    await requoteDue(deps());
    // The message, then the last reply of each step, or all of a few.
    const rest = Array.from({ length: 50 }, (_, n) => before + 402 + n);
    expect(told.map(({ version: at }) => at)).toEqual([before + 1, before + 201, before + 401, ...rest]);
    const versions = await store.sql<{ version: number }>(
      "SELECT version::int FROM messages WHERE conversation_id = $1 AND reply_seq = 1 ORDER BY version",
      [id],
    );
    expect(new Set(versions.map((row) => row.version)).size).toBe(REPLIES);
    expect(versions.at(0)?.version).toBe(before + 2);
  });

  it("is begun again when it changes once more in between, and ends with the last text", async () => {
    await edit("After");
    await requoteDue(deps());
    await deleteMessage(deps(), asUser("ana"), messageId);
    expect(await quotes()).toEqual({ nothing: 200, After: 200, Before: 50 });
    for (let n = 0; n < 2; n += 1) await requoteDue(deps());
    expect([await quotes(), await due()]).toEqual([{ nothing: REPLIES }, 0]);
  });

  it("is not forgotten by a step that fails, or by a process that dies", async () => {
    await edit("After");
    const dying = { ...store.db, transaction: () => Promise.reject(new Error("gone")) };
    await expect(requoteDue(deps(dying))).rejects.toThrow("gone");
    const halfway: typeof store.db = {
      ...store.db,
      transaction: (work) =>
        store.db.transaction(async (tx) => {
          await work(tx);
          throw new Error("killed before the commit");
        }),
    };
    await expect(requoteDue(deps(halfway))).rejects.toThrow("killed");
    expect([await quotes(), await due()]).toEqual([{ After: 200, Before: 250 }, 1]);
    for (let n = 0; n < 2; n += 1) await requoteDue(deps(store.secondDatabase()));
    expect([await quotes(), await due()]).toEqual([{ After: REPLIES }, 0]);
  });

  it("is no trouble when two processes are at it, nor when it is gone", async () => {
    await edit("After");
    const second = deps(store.secondDatabase());
    await Promise.all([requoteDue(deps()), requoteDue(second)]);
    await Promise.all([requoteDue(deps()), requoteDue(second)]);
    expect([await quotes(), await due()]).toEqual([{ After: REPLIES }, 0]);
    await edit("Last");
    await store.sql("DELETE FROM messages WHERE id = $1", [messageId]);
    await requoteDue(deps());
    expect(await due()).toBe(0);
  });
});
