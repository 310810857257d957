import type { Message, MessageKind } from "@parley/protocol";

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
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
}

/** The columns of MessageRow. Deleted content is not among them. */
export const messageColumns = (alias: string): string =>
  [
    "id",
    "conversation_id",
    "seq",
    "version",
    "client_message_id",
    "sender_id",
    "kind",
    "content",
    "created_at",
    "edited_at",
    "deleted_at",
  ]
    .map((column) => `${alias}.${column}`)
    .join(", ");

export const presentMessage = (row: MessageRow): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  seq: row.seq,
  version: row.version,
  clientMessageId: row.client_message_id,
  senderId: row.sender_id,
  kind: row.kind,
  content: row.content,
  replyTo: null,
  mentions: [],
  reactions: [],
  pinnedAt: null,
  createdAt: row.created_at,
  editedAt: row.edited_at,
  deletedAt: row.deleted_at,
});
