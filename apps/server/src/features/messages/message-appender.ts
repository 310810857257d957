import type { Message, MessageKind } from "@parley/protocol";

/** One send, already parsed and admitted by policy; the database decides the rest. */
export interface AppendRequest {
  conversationId: string;
  /** null: the host speaks as itself (kind "system"). */
  senderId: string | null;
  /** The host writes whatever the status and the roles are. */
  byHost: boolean;
  /** Only admins and owners may write (announcements). */
  adminsOnly: boolean;
  clientMessageId: string;
  kind: MessageKind;
  content: string;
  /** Seq of the message that it answers. */
  replyToSeq: number | null;
  /** Who does not take part is left out. */
  mentions: readonly string[];
}

export interface AppendResult {
  message: Message;
  /** true: stored before under the same clientMessageId; nothing was changed. */
  repeated: boolean;
}

/**
 * The write path. Gathers what comes in while a batch is in flight into the next batch, one database round trip each.
 * A request resolves after its commit and after its event was handed to the fan-out; a refusal rejects with an AppError.
 */
export interface MessageAppender {
  append(request: AppendRequest): Promise<AppendResult>;
  /** Messages that wait for their batch. */
  readonly waiting: number;
  /** Takes no more, and resolves when everything accepted is committed and answered. */
  drain(): Promise<void>;
}
