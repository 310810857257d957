import type { Message, MessageKind, Quote, Reaction } from "@parley/protocol";

/** A conversation carries its last message, so how a message is read and shown stands here; `messages` uses it too. */
export interface MessageRow {
  id: string;
  conversation_id: string;
  seq: number;
  version: number;
  client_message_id: string;
  sender_id: string | null;
  kind: MessageKind;
  content: string | null;
  /** null: it answers nothing. The other columns of the quote then are null too. */
  reply_seq: number | null;
  reply_id: string | null;
  reply_sender_id: string | null;
  reply_excerpt: string | null;
  mentions: string[] | null;
  reactions: Reaction[] | null;
  pinned_at: string | null;
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
}

const columns = [
  ...["id", "conversation_id", "seq", "version", "client_message_id", "sender_id", "kind", "content"],
  ...["reply_seq", "reply_id", "reply_sender_id", "reply_excerpt", "mentions", "reactions", "pinned_at"],
  ...["created_at", "edited_at", "deleted_at"],
];

/** The columns of MessageRow. Deleted content is not among them. */
export const messageColumns = (alias: string): string => columns.map((column) => `${alias}.${column}`).join(", ");

export const presentMessage = (row: MessageRow): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  seq: row.seq,
  version: row.version,
  clientMessageId: row.client_message_id,
  senderId: row.sender_id,
  kind: row.kind,
  content: row.content,
  replyTo: presentQuote(row),
  mentions: row.mentions ?? [],
  reactions: row.reactions ?? [],
  pinnedAt: row.pinned_at,
  createdAt: row.created_at,
  editedAt: row.edited_at,
  deletedAt: row.deleted_at,
});

type QuoteColumns = Pick<MessageRow, "reply_seq" | "reply_id" | "reply_sender_id" | "reply_excerpt">;

export const presentQuote = (row: QuoteColumns): Quote | null =>
  row.reply_seq === null || row.reply_id === null
    ? null
    : { messageId: row.reply_id, seq: row.reply_seq, senderId: row.reply_sender_id, excerpt: row.reply_excerpt };
