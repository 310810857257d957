import type { Conversation, Message, Participant, Preferences, UserProfile } from "@parley/protocol";

const time = "2026-01-05T08:00:00.000Z";

/** Nothing was ever set. */
export const untouched: Preferences = {
  pinnedAt: null,
  mutedUntil: null,
  archivedSeq: null,
  markedUnread: false,
  version: 0,
};

export function buildUser(over: Partial<UserProfile> = {}): UserProfile {
  const id = over.id ?? "ana";
  return { id, name: id.charAt(0).toUpperCase() + id.slice(1), picture: null, role: null, ...over };
}

export function buildParticipant(userId: string, over: Partial<Participant> = {}): Participant {
  return { user: buildUser({ id: userId }), role: "member", readSeq: 0, deliveredSeq: 0, ...over };
}

/** By default the first message of ana in `c1`; id and clientMessageId follow from conversation and seq. */
export function buildMessage(over: Partial<Message> = {}): Message {
  const { conversationId = "c1", seq = 1 } = over;
  return {
    id: `${conversationId}-m${seq}`,
    conversationId,
    seq,
    version: seq,
    clientMessageId: `${conversationId}-x${seq}`,
    senderId: "ana",
    kind: "text",
    content: `Message ${seq}`,
    replyTo: null,
    mentions: [],
    reactions: [],
    pinnedAt: null,
    createdAt: time,
    editedAt: null,
    deletedAt: null,
    ...over,
  };
}

/** By default the empty direct conversation `c1` of ana and ben. */
export function buildConversation(over: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1",
    type: "direct",
    subject: null,
    title: null,
    status: "active",
    lastSeq: 0,
    version: 0,
    lastMessage: null,
    participants: [buildParticipant("ana"), buildParticipant("ben")],
    formerParticipants: [],
    unread: 0,
    preferences: untouched,
    createdAt: time,
    updatedAt: time,
    ...over,
  };
}
