import type { Conversation, Message } from "@parley/protocol";
import type { ConversationsApi, MessagesApi } from "./chat-client.ts";
import type { ChatEngine } from "./chat-engine.ts";

export function makeConversationsApi(engine: ChatEngine): ConversationsApi {
  const { http, inbound, joined } = engine;
  /** The answer is the conversation as it is now; what led to it may still be on its way. */
  const take = (conversation: Conversation): Conversation => {
    const known = engine.store.getState().conversations.has(conversation.id);
    inbound.accept({ name: known ? "conversation:updated" : "conversation:new", payload: conversation });
    return conversation;
  };
  return {
    open: async (input) => take((await http.call("openConversation", { body: input })).conversation),
    change: async (id, input) =>
      take((await http.call("changeConversation", { params: { id }, body: input })).conversation),
    setPreferences: (id, input) => engine.preferences.change(id, input),
    addParticipant: async (id, userId, role) => {
      const body = role === undefined ? { userId } : { userId, role };
      take((await http.call("addParticipant", { params: { id }, body })).conversation);
    },
    changeParticipant: async (id, userId, role) => {
      take((await http.call("changeParticipant", { params: { id, userId }, body: { role } })).conversation);
    },
    removeParticipant: async (id, userId) => {
      await http.call("removeParticipant", { params: { id, userId } });
      inbound.request();
    },
    leave: async (id) => {
      const userId = engine.store.getState().self?.id;
      if (userId === undefined) return;
      await http.call("removeParticipant", { params: { id, userId } });
      await inbound.catchUp();
    },
    join: (id) => joined.join(id),
  };
}

export function makeMessagesApi(engine: ChatEngine): MessagesApi {
  const { calls, history, inbound, outbox, pins, reactions, typing } = engine;
  const take = (message: Message): Message => {
    inbound.accept({ name: "message:updated", payload: message });
    return message;
  };
  return {
    load: (id) => history.load(id),
    loadOlder: (id) => history.loadOlder(id),
    loadNewer: (id) => history.loadNewer(id),
    loadAround: (id, seq) => history.loadAround(id, seq),
    loadLatest: (id) => history.loadLatest(id),
    send: (id, content, options) => {
      typing.sent(id);
      return outbox.send(id, content, options);
    },
    retry: (id, clientMessageId) => outbox.retry(id, clientMessageId),
    discard: (id, clientMessageId) => outbox.discard(id, clientMessageId),
    edit: async (messageId, content) => take(await calls.edit(messageId, content)),
    delete: async (messageId) => {
      const message = await calls.delete(messageId);
      inbound.accept(deletionOf(message));
      return message;
    },
    restore: async (messageId) => take(await calls.restore(messageId)),
    react: (messageId, emoji) => reactions.change(messageId, { emoji, add: true }),
    unreact: (messageId, emoji) => reactions.change(messageId, { emoji, add: false }),
    pin: async (messageId) => take(await calls.pin(messageId, true)),
    unpin: async (messageId) => take(await calls.pin(messageId, false)),
    loadPins: (id) => pins.load(id),
  };
}

function deletionOf(message: Message) {
  const { conversationId, id, seq, version, deletedAt, createdAt } = message;
  const payload = { conversationId, messageId: id, seq, version, deletedAt: deletedAt ?? createdAt };
  return { name: "message:deleted", payload } as const;
}
