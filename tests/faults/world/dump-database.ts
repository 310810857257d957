import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { HistoryWriter } from "../history/history-file.ts";
import type { Sighting } from "../history/history.ts";

const STILL_MS = 1_500;
const STILL_WITHIN_MS = 30_000;

/** Waits until nothing changes any more, then writes down what is stored. @param adminUrl the superuser's, on Parley's database */
export async function dumpDatabase(adminUrl: string, history: HistoryWriter): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, options: "-c search_path=parley" });
  await client.connect();
  try {
    await untilStill(client);
    await dump(client, history);
  } finally {
    await client.end();
  }
}

async function untilStill(client: pg.Client): Promise<void> {
  const until = performance.now() + STILL_WITHIN_MS;
  for (let last = ""; performance.now() < until; ) {
    const { rows } = await client.query(
      `SELECT (SELECT sum(version) FROM conversations) AS versions,
         (SELECT sum(read_seq + delivered_seq) FROM participants) AS positions`,
    );
    const now = JSON.stringify(rows);
    if (now === last) return;
    last = now;
    await sleep(STILL_MS);
  }
}

async function dump(client: pg.Client, history: HistoryWriter): Promise<void> {
  const conversations = await client.query("SELECT id, last_seq::int FROM conversations ORDER BY id");
  for (const { id, last_seq } of conversations.rows) {
    history.write({ type: "conversation", conversationId: id, lastSeq: last_seq });
  }
  const participants = await client.query(
    `SELECT p.conversation_id AS "conversationId", p.user_id AS "userId", p.read_seq::int AS "readSeq",
       p.delivered_seq::int AS "deliveredSeq",
       (SELECT count(*)::int FROM messages m WHERE m.conversation_id = p.conversation_id AND m.seq > p.read_seq) AS unread
     FROM participants p ORDER BY 1, 2`,
  );
  for (const { conversationId, unread, ...standing } of participants.rows) {
    history.write({ type: "participant", conversationId, standing, unread });
  }
  const messages = await client.query<Sighting>(
    `SELECT conversation_id AS "conversationId", seq::int, version::int, id, client_message_id AS "clientMessageId",
       sender_id AS "senderId", content FROM messages ORDER BY conversation_id, seq`,
  );
  for (const message of messages.rows) history.write({ type: "stored", message });
}
