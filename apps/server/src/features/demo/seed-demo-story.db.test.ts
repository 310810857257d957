import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../../../../../tests/support/start-server.ts";
import { demoPeople } from "./people.ts";
import { seedDemoStory } from "./seed-demo-story.ts";
import { story } from "./story.ts";

describe("the demo's story", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await seedDemoStory(server.app.deps);
  });
  afterAll(() => server.stop());

  const everything = () =>
    server.sql(
      `SELECT (SELECT jsonb_agg(to_jsonb(c) ORDER BY id) FROM conversations c) AS conversations,
         (SELECT jsonb_agg(to_jsonb(p) ORDER BY conversation_id, user_id) FROM participants p) AS participants,
         (SELECT jsonb_agg(to_jsonb(m) ORDER BY conversation_id, seq) FROM messages m) AS messages`,
    );

  it("is told once, however often the server starts", async () => {
    const before = await everything();
    await seedDemoStory(server.app.deps);
    await server.restart();
    await seedDemoStory(server.app.deps);
    expect(await everything()).toEqual(before);
    expect(await server.sql("SELECT count(*)::int FROM conversations")).toEqual([{ count: story.length }]);
  });

  it("has a past, in order, and the unread numbers that it tells of", async () => {
    for (const { id } of demoPeople) {
      const { conversations } = await server.asUser(id)("listConversations");
      for (const conversation of conversations) {
        const told = story.find(({ title, subject }) =>
          title === null ? subject?.id === conversation.subject?.id : title === conversation.title,
        );
        expect(conversation.unread).toBe(told?.unread[id] ?? 0);
        expect(conversation.lastSeq).toBe(told?.lines.length);
        const { messages } = await server.asUser(id)("listMessages", { params: { id: conversation.id } });
        const times = messages.map(({ createdAt }) => createdAt);
        expect(times).toEqual(times.toSorted());
        expect(Date.parse(times.at(-1) ?? "")).toBeLessThan(Date.now());
        expect(conversation.updatedAt).toBe(times.at(-1));
      }
    }
  });

  it("is found once, at the time that it tells of", async () => {
    const search = () => server.asUser("ana")("search", { query: { q: "tulip" } });
    await expect.poll(async () => (await search()).hits.length, { timeout: 20_000 }).toBe(3);
    const isBehind =
      "NOT EXISTS (SELECT FROM message_words w WHERE (w.conversation_id, w.created_at, w.seq) = (m.conversation_id, m.created_at, m.seq))";
    const counts = `SELECT (SELECT count(*)::int FROM messages m WHERE ${isBehind}) AS behind,
      (SELECT count(*)::int FROM message_words) - (SELECT count(*)::int FROM messages) AS too_many`;
    await expect.poll(() => server.sql(counts), { timeout: 20_000 }).toEqual([{ behind: 0, too_many: 0 }]);
  });

  it("goes on where it was broken off", async () => {
    const before = await everything();
    const [first] = await server.sql<{ id: string }>("SELECT id FROM conversations ORDER BY last_seq DESC LIMIT 1");
    await server.sql("DELETE FROM messages WHERE conversation_id = $1 AND seq > 3", [first?.id]);
    await server.sql("UPDATE participants SET read_seq = 0, delivered_seq = 0 WHERE conversation_id = $1", [first?.id]);
    await server.sql("UPDATE conversations SET last_seq = 3, version = 4 WHERE id = $1", [first?.id]);
    await seedDemoStory(server.app.deps);
    const after = await everything();
    const counts = (rows: typeof before) =>
      rows.map(({ messages, participants }) => [messages.length, participants.length]);
    expect(counts(after)).toEqual(counts(before));
  });
});
