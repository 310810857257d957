// The baseline: a chat as it is written most often. Socket.IO rooms, one INSERT a message, unread by COUNT(*).
import { createServer } from "node:http";
import pg from "pg";
import { Server } from "socket.io";

interface Input {
  conversationId: string;
  clientMessageId: string;
  content: string;
}

const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], options: "-c search_path=naive" });
const httpServer = createServer();
const io = new Server(httpServer, { serveClient: false });

io.on("connection", async (socket) => {
  const userId = socket.handshake.auth["token"] as string;
  socket.on("message:send", (input: Input, answer: (result: unknown) => void) => {
    send(userId, input).then(
      (message) => answer({ ok: true, message }),
      (error: Error) => answer({ ok: false, error: error.message }),
    );
  });
  await socket.join(`user:${userId}`);
  const { rows } = await pool.query("SELECT conversation_id FROM participants WHERE user_id = $1", [userId]);
  for (const { conversation_id } of rows) await socket.join(conversation_id);
});

async function send(senderId: string, { conversationId, clientMessageId, content }: Input): Promise<object> {
  const { rows: participants } = await pool.query<{ user_id: string }>(
    "SELECT user_id FROM participants WHERE conversation_id = $1",
    [conversationId],
  );
  if (!participants.some(({ user_id }) => user_id === senderId)) throw new Error("Not a participant");
  const { rows } = await pool.query(
    "INSERT INTO messages (conversation_id, sender_id, content) VALUES ($1, $2, $3) RETURNING *",
    [conversationId, senderId, content],
  );
  const message = { ...rows[0], clientMessageId };
  io.to(conversationId).emit("message:new", message);
  const others = participants.filter(({ user_id }) => user_id !== senderId);
  // The answer does not wait for the numbers.
  tellUnread(conversationId, others).catch((error: unknown) => console.error(error));
  return message;
}

async function tellUnread(conversationId: string, others: readonly { user_id: string }[]): Promise<void> {
  await pool.query("UPDATE conversations SET last_message_at = now() WHERE id = $1", [conversationId]);
  for (const { user_id } of others) {
    const { rows } = await pool.query(
      `SELECT COUNT(*)::int AS unread FROM messages m
         JOIN participants p ON p.conversation_id = m.conversation_id AND p.user_id = $2
       WHERE m.conversation_id = $1 AND m.sender_id <> $2 AND m.created_at > p.last_read_at`,
      [conversationId, user_id],
    );
    io.to(`user:${user_id}`).emit("unread:updated", { conversationId, unread: rows[0].unread });
  }
}

httpServer.listen(Number(process.env["PORT"]), "127.0.0.1");
