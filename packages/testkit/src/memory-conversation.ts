import type { Conversation, Message, ParticipantRole, ServerEvent, UserProfile } from "@parley/protocol";
import { untouched } from "./build.ts";
import { newPlace, positionsFor, type StoredParticipant, type Viewer } from "./memory-places.ts";

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
  participants: StoredParticipant[];
  /** Who took part once, with the version that their preferences had. */
  readonly former: Map<string, number>;
}

export const placeOf = (stored: StoredConversation, userId: string): StoredParticipant | undefined =>
  stored.participants.find((participant) => participant.userId === userId);

/** Who comes back starts with preferences of a new version: those of the time before are older. */
export const newcomer = (stored: StoredConversation, userId: string, role: ParticipantRole): StoredParticipant =>
  newPlace(userId, role, stored.messages.length, {
    ...untouched,
    version: (stored.former.get(userId) ?? -1) + 1,
  });

/** As the person sees it. */
export function presentStored(
  stored: StoredConversation,
  viewer: Viewer,
  user: (id: string) => UserProfile,
): Conversation {
  const actorId = viewer.userId;
  const { id, type, subject, title, status, version, createdAt, updatedAt, messages, participants } = stored;
  return {
    ...{ id, type, subject, title, status, version, createdAt, updatedAt },
    lastSeq: messages.length,
    lastMessage: messages.at(-1) ?? null,
    participants: participants.map((place) => {
      const { userId, ...positions } = positionsFor(viewer, place);
      return { user: user(userId), role: place.role, ...positions };
    }),
    formerParticipants: [...stored.former.keys()].sort().map(user),
    unread: unreadOf(stored, actorId),
    preferences: placeOf(stored, actorId)?.preferences ?? untouched,
  };
}

/** Own messages are read: sending moves the position. */
export function unreadOf(stored: StoredConversation, userId: string): number {
  const place = placeOf(stored, userId);
  return place ? stored.messages.length - place.readSeq : 0;
}

/** The event that tells of a change of a message. */
export function changeEvent(message: Message): ServerEvent {
  if (message.deletedAt === null) return { name: "message:updated", payload: message };
  const { conversationId, id: messageId, seq, version, deletedAt } = message;
  return { name: "message:deleted", payload: { conversationId, messageId, seq, version, deletedAt } };
}
