import type { Conversation, EventPayload, Message, Participant } from "@parley/protocol";
import { putMessage, replaceMessage } from "./message-window.ts";
import { putConversation } from "./put-conversation.ts";
import { keepPins, keepPinsWithout } from "./reduce-pins.ts";
import { dropOutboxMessage } from "./reduce-outbox.ts";
import { movePositions } from "./reduce-receipts.ts";
import { endTyping } from "./reduce-typing.ts";
import type { ChatState, MessageWindow } from "./state.ts";

/**
 * A message event touches two things apart: the window, message by message and each by the message's own version, and
 * the conversation, only when the event is newer than it. So the window stays right when a newer conversation came first.
 */
export function reduceMessageNew(state: ChatState, message: Message): ChatState {
  const shown = showMessage(state, message);
  const conversation = newerThan(shown, message);
  if (!conversation) return shown;
  return putConversation(message.senderId ? endTyping(shown, message.conversationId, message.senderId) : shown, {
    ...conversation,
    version: message.version,
    lastSeq: Math.max(conversation.lastSeq, message.seq),
    lastMessage: message.seq > conversation.lastSeq ? message : conversation.lastMessage,
    updatedAt: message.createdAt,
    participants: senderMoved(conversation.participants, message),
  });
}

export function reduceMessageUpdated(state: ChatState, message: Message): ChatState {
  const shown = changeWindow(state, message.conversationId, (window) => putMessage(window, message));
  const conversation = newerThan(shown, message);
  if (!conversation) return shown;
  return putConversation(keepPins(shown, message), {
    ...conversation,
    version: message.version,
    lastMessage: conversation.lastMessage?.seq === message.seq ? message : conversation.lastMessage,
  });
}

export function reduceMessageDeleted(state: ChatState, deletion: EventPayload<"message:deleted">): ChatState {
  const { conversationId, seq, version, deletedAt } = deletion;
  const bury = (message: Message): Message => ({
    ...message,
    ...{ content: null, mentions: [], reactions: [], pinnedAt: null },
    deletedAt,
    version,
  });
  const shown = changeWindow(state, conversationId, (window) => replaceMessage(window, seq, version, bury));
  const conversation = newerThan(shown, deletion);
  if (!conversation) return shown;
  const { lastMessage } = conversation;
  return putConversation(keepPinsWithout(shown, deletion), {
    ...conversation,
    version,
    lastMessage: lastMessage?.seq === seq ? bury(lastMessage) : lastMessage,
  });
}

/** Into the window, and out of the outbox in the same step: the person never sees it twice or not at all. */
export function showMessage(state: ChatState, message: Message): ChatState {
  const shown = changeWindow(state, message.conversationId, (window) => putMessage(window, message));
  if (message.senderId !== state.self?.id) return shown;
  return dropOutboxMessage(shown, message.conversationId, message.clientMessageId);
}

/** Changes the window of a conversation, if there is one. */
export function changeWindow(
  state: ChatState,
  conversationId: string,
  change: (window: MessageWindow) => MessageWindow,
): ChatState {
  const window = state.messages.get(conversationId);
  const changed = window && change(window);
  if (!changed || changed === window) return state;
  return { ...state, messages: new Map(state.messages).set(conversationId, changed) };
}

function newerThan(state: ChatState, event: { conversationId: string; version: number }): Conversation | null {
  const conversation = state.conversations.get(event.conversationId);
  return conversation && event.version > conversation.version ? conversation : null;
}

function senderMoved(participants: Participant[], message: Message): Participant[] {
  if (message.senderId === null) return participants;
  return movePositions(participants, { userId: message.senderId, readSeq: message.seq, deliveredSeq: message.seq });
}
