import type { TestServer } from "../start-server.ts";

/** Lines of all lengths; what a chat is made of. */
const LINES = [
  "Yes.",
  "A line that is a little longer than the one before it.",
  "Many words, ".repeat(20),
  "Two\nlines.",
];

/** A conversation of Ana and Ben with so many messages, all read by her; its id. */
export async function tellLongStory(server: TestServer, count: number): Promise<string> {
  const { conversation } = await server.asHost("openConversation", {
    body: { type: "direct", participants: [{ userId: "ana" }, { userId: "ben" }] },
  });
  const { id } = conversation;
  const say = (seq: number, content: string) =>
    server.asHost("sendMessage", {
      params: { id },
      body: { clientMessageId: `story-${seq}`, senderId: seq % 3 === 0 ? "ana" : "ben", content },
    });
  await say(1, `Number 1: ${LINES[1]}`);
  // All but the first and the last go straight into the table: only their number counts.
  await server.sql(
    `INSERT INTO messages (conversation_id, seq, id, version, sender_id, client_message_id, body_hash, kind, content, created_at)
     SELECT $1, n, gen_random_uuid(), $4::bigint + n, CASE WHEN n % 3 = 0 THEN 'ana' ELSE 'ben' END, 'story-' || n, 0, 'text',
       'Number ' || n || ': ' || ($3::text[])[1 + n % ${LINES.length}], now() - interval '1 minute' * ($2 - n)
     FROM generate_series(2, $2::int - 1) n`,
    [id, count, LINES, conversation.version],
  );
  // The first one was sent just now: a history does not begin after it ends.
  await server.sql(
    "UPDATE messages SET created_at = now() - interval '1 minute' * $2::int WHERE conversation_id = $1 AND seq = 1",
    [id, count],
  );
  await server.sql("UPDATE conversations SET last_seq = $2 - 1, version = version + $2 - 2 WHERE id = $1", [id, count]);
  await say(count, `Number ${count}: ${LINES[0]}`);
  await server.asUser("ana")("markRead", { params: { id }, body: { seq: count } });
  return id;
}
