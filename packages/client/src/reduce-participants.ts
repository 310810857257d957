import type { Conversation, EventPayload, Participant, UserProfile } from "@parley/protocol";
import { dropConversation, putConversation } from "./put-conversation.ts";
import { movePositions } from "./reduce-receipts.ts";
import { endTyping } from "./reduce-typing.ts";
import type { ChatState } from "./state.ts";

/** Somebody joined (at the end: the order is that of joining) or has another role. */
export function reduceParticipantAdded(state: ChatState, event: EventPayload<"participant:added">): ChatState {
  const conversation = state.conversations.get(event.conversationId);
  if (!conversation || event.version <= conversation.version) return state;
  return putConversation(state, {
    ...conversation,
    version: event.version,
    participants: addOrChange(conversation.participants, event),
    formerParticipants: conversation.formerParticipants.filter((user) => user.id !== event.userId),
  });
}

/** When it is the user themselves, the conversation is gone with all that was held of it. */
export function reduceParticipantRemoved(state: ChatState, event: EventPayload<"participant:removed">): ChatState {
  const conversation = state.conversations.get(event.conversationId);
  if (!conversation || event.version <= conversation.version) return state;
  if (event.userId === state.self?.id) return dropConversation(state, event.conversationId);
  return putConversation(endTyping(state, event.conversationId, event.userId), {
    ...conversation,
    version: event.version,
    participants: conversation.participants.filter(({ user }) => user.id !== event.userId),
    formerParticipants: former(conversation, event.userId),
  });
}

function addOrChange(participants: Participant[], event: EventPayload<"participant:added">): Participant[] {
  const { user, role, readSeq, deliveredSeq } = event;
  const index = participants.findIndex((participant) => participant.user.id === event.userId);
  const before = participants[index];
  if (!before) return [...participants, { user, role, readSeq, deliveredSeq }];
  return movePositions(participants.with(index, { ...before, user, role }), event);
}

function former(conversation: Conversation, userId: string): UserProfile[] {
  const leaving = conversation.participants.find(({ user }) => user.id === userId);
  if (!leaving) return conversation.formerParticipants;
  return [...conversation.formerParticipants, leaving.user].sort((a, b) => byCodePoints(a.id, b.id));
}

/** The order of the server. That of strings differs: UTF-16 puts what is beyond U+FFFF before U+E000. */
function byCodePoints(a: string, b: string): number {
  const others = [...b].map(codePoint);
  for (const [index, point] of [...a].map(codePoint).entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    if (point !== other) return point - other;
  }
  return a.length - b.length;
}

const codePoint = (sign: string): number => sign.codePointAt(0) ?? 0;
