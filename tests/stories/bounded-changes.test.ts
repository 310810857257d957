import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";

let server: TestServer;
let count = 0;
afterEach(() => server.stop());

/** A conversation of these people with one message of the first. */
async function open(people: readonly string[]): Promise<{ id: string; messageId: string }> {
  const body = { type: "group", participants: people.map((userId) => ({ userId })) };
  const { id } = (await server.asHost("openConversation", { body })).conversation;
  const sent = { clientMessageId: `m${(count += 1)}`, content: "Look", senderId: people[0] ?? "" };
  const { message } = await server.asHost("sendMessage", { params: { id }, body: sent });
  return { id, messageId: message.id };
}
const react = (userId: string, messageId: string, emoji = "👍") =>
  server.asUser(userId).try("addReaction", { params: { id: messageId }, body: { emoji } });

describe("changes of messages", () => {
  it("of one busy conversation leave the connections to the others", async () => {
    server = await startServer();
    const crowd = Array.from({ length: 16 }, (_, n) => `person ${n}`);
    const busy = await open(crowd);
    const quiet = await open(["ana", "ben"]);
    const admin = new pg.Client({ connectionString: server.database.adminUrl, options: "-c search_path=parley" });
    await admin.connect();
    await admin.query("BEGIN");
    await admin.query("SELECT FROM conversations WHERE id = $1 FOR UPDATE", [busy.id]);
    const waiting = Promise.all(crowd.map((userId) => react(userId, busy.messageId)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    expect((await react("ben", quiet.messageId)).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1_000);
    const [held] = await server.sql(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(held?.n).toBeLessThanOrEqual(2);
    await admin.query("COMMIT");
    await admin.end();
    expect((await waiting).map(({ status }) => status)).toEqual(crowd.map(() => 200));
  });

  it("have a budget of each person, asked before anything is looked at: what changes nothing counts, too", async () => {
    server = await startServer({ budgets: { messageChanges: { count: 3, seconds: 60 } } });
    const { messageId } = await open(["ana", "ben"]);
    const answers = [await react("ben", messageId), await react("ben", messageId), await react("ben", messageId)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { db } = server.app.deps;
    const asked: string[] = [];
    const { readAs, transaction } = db;
    Object.assign(db, {
      readAs: (...call: Parameters<typeof readAs>) => (asked.push("read"), readAs(...call)),
      transaction: (...call: Parameters<typeof transaction>) => (asked.push("write"), transaction(...call)),
    });
    const ben = server.asUser("ben");
    const params = { id: messageId };
    const refused = [
      await react("ben", messageId, "🎉"),
      await ben.try("removeReaction", { params: { id: messageId, emoji: "👍" } }),
      await ben.try("pinMessage", { params }),
      await ben.try("unpinMessage", { params }),
      await ben.try("editMessage", { params, body: { content: "Mine" } }),
      await ben.try("deleteMessage", { params }),
      await ben.try("restoreMessage", { params }),
    ];
    for (const { status, body } of refused) {
      expect([status, body]).toEqual([429, expect.objectContaining({ code: "rate_limited", retryable: true })]);
    }
    expect(asked).toEqual([]);
    expect((await react("ana", messageId)).status).toBe(200);
    expect(asked).toEqual(["read", "write"]);
    // What changes nothing, and what an outsider tries, takes no connection of the writers.
    await react("ana", messageId);
    expect((await react("eve", messageId)).status).toBe(404);
    expect(asked.slice(2)).toEqual(["read", "read"]);
  });

  it("tell an outsider nothing: a foreign message and none at all are answered alike, and counted alike", async () => {
    const rate = { count: 2, seconds: 60 };
    server = await startServer({
      budgets: { messageChanges: rate },
      conversationTypes: { group: { messageRate: rate } },
    });
    const { messageId } = await open(["ana", "ben"]);
    const told: unknown[] = [];
    const unknown = "01932c9f-7a4b-7000-8000-000000000000";
    for (const [userId, id] of [
      ["eve", messageId],
      ["mallory", unknown],
      ["trudy", "no id"],
    ] as const) {
      const answers = [];
      for (let n = 0; n < 4; n += 1) answers.push(await react(userId, id));
      told.push(answers.map(({ status, body }) => [status, body.code, body.detail]));
    }
    const nothing = [404, "not_found", undefined];
    const late = [429, "rate_limited", "At most 2 in 60 seconds."];
    expect(told).toEqual([1, 2, 3].map(() => [nothing, nothing, late, late]));
  });
});
