import type { Conversation, Message, ParticipantRole, ServerEvent } from "@parley/protocol";

export interface StoredConversation {
  readonly id: string;
  readonly type: string;
  readonly createdAt: string;
  subject: Conversation["subject"];
  title: string | null;
  status: Conversation["status"];
  version: number;
  updatedAt: string;
  readonly messages: Message[];
  participants: { userId: string; role: ParticipantRole; readSeq: number; deliveredSeq: number }[];
  readonly former: Set<string>;
}

/** Own messages are read: sending moves the position. */
export function unreadOf(stored: StoredConversation, userId: string): number {
  const place = stored.participants.find((participant) => participant.userId === userId);
  return place ? stored.messages.length - place.readSeq : 0;
}

/** The event that tells of a change of a message. */
export function changeEvent(message: Message): ServerEvent {
  if (message.deletedAt === null) return { name: "message:updated", payload: message };
  const { conversationId, id: messageId, seq, version, deletedAt } = message;
  return { name: "message:deleted", payload: { conversationId, messageId, seq, version, deletedAt } };
}
