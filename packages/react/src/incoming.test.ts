import { type ChatState, initialState } from "@parley/client";
import type { Conversation, Message } from "@parley/protocol";
import { buildConversation, buildMessage, buildUser } from "@parley/testkit";
import { expect, it } from "vitest";
import { type Incoming, watchIncoming } from "./incoming.ts";

const NOW = Date.parse("2026-11-21T08:00:00.000Z");

function watch(first: readonly Conversation[]) {
  let state: ChatState = { ...initialState, self: buildUser({ id: "ana" }), ready: true, conversations: by(first) };
  const listeners = new Set<() => void>();
  const told: Incoming[] = [];
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  watchIncoming(
    { getState: () => state, subscribe },
    (incoming) => told.push(...incoming),
    () => NOW,
  );
  return {
    told,
    change: (conversations: readonly Conversation[]) => {
      state = { ...state, conversations: by(conversations) };
      for (const listener of listeners) listener();
    },
  };
}

const by = (conversations: readonly Conversation[]) => new Map(conversations.map((one) => [one.id, one]));
const withLast = (conversation: Conversation, message: Partial<Message>, unread = 1): Conversation => {
  const seq = conversation.lastSeq + 1;
  return { ...conversation, lastSeq: seq, unread, lastMessage: buildMessage({ ...message, seq }) };
};

it("tells of what others wrote, once, and not of what was there", () => {
  const known = withLast(buildConversation({ id: "c1" }), { senderId: "ben" });
  const { told, change } = watch([known]);
  expect(told).toEqual([]);
  const next = withLast(known, { senderId: "ben", mentions: ["ana"] }, 2);
  change([next]);
  change([{ ...next, unread: 0 }]);
  expect(told).toMatchObject([{ count: 1, mentionsMe: true, muted: false }]);
});

it("tells nothing of own messages, read ones and deletions, and says when a conversation is muted", () => {
  const known = buildConversation({ id: "c1" });
  const { told, change } = watch([known]);
  change([withLast(known, { senderId: "ana" })]);
  change([withLast(withLast(known, { senderId: "ana" }), { senderId: "ben" }, 0)]);
  expect(told).toEqual([]);
  const preferences = { ...known.preferences, mutedUntil: "2026-11-21T08:00:01.000Z" };
  change([known]);
  change([withLast({ ...known, preferences }, { senderId: "ben" })]);
  expect(told).toMatchObject([{ muted: true, mentionsMe: false }]);
});
