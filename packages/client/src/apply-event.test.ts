import type { ServerEvent } from "@parley/protocol";
import { buildConversation, buildMessage, buildUser, MemoryChat } from "@parley/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEvent } from "./apply-event.ts";
import { initialState } from "./initial-state.ts";
import { putConversation } from "./put-conversation.ts";
import type { ChatState, MessageWindow } from "./state.ts";

const people = ["ana", "ben", "cem", "dua"];
const whole: MessageWindow = { items: [], hasOlder: false, hasNewer: false, loading: null };

/** Ana's state, kept only by events, beside the truth. */
function follow() {
  let now = Date.parse("2026-01-05T08:00:00.000Z");
  let state: ChatState = { ...initialState, self: buildUser({ id: "ana" }) };
  const seen: ServerEvent[] = [];
  const chat = new MemoryChat(
    () => (now += 1_000),
    (userId, event) => {
      if (userId !== "ana") return;
      const copy = structuredClone(event);
      seen.push(copy);
      state = applyEvent(state, copy);
      if (copy.name === "settings:updated" && copy.payload.readReceipts) catchUp();
      if (copy.name === "conversation:new") {
        const items = [...(chat.conversations.get(copy.payload.id)?.messages ?? [])];
        state = { ...state, messages: new Map(state.messages).set(copy.payload.id, { ...whole, items }) };
      }
    },
  );
  /** As the client does for whoever shows their reading again: what others read meanwhile was not told. */
  function catchUp(): void {
    state = chat.of("ana").reduce((before, stored) => putConversation(before, chat.present("ana", stored)), state);
  }
  return { chat, seen, getState: () => state };
}

function expectTruth(chat: MemoryChat, state: ChatState): void {
  const mine = chat.of("ana");
  expect([...state.conversations.values()]).toEqual(mine.map((stored) => chat.present("ana", stored)));
  expect(state.unreadTotal).toBe(chat.total("ana"));
  for (const { id, messages } of mine) {
    expect(state.messages.get(id)?.items).toEqual(messages);
  }
}

const step = fc.record({
  what: fc.constantFrom(
    "send",
    "send",
    "edit",
    "delete",
    "read",
    "deliver",
    "add",
    "remove",
    "change",
    "prefer",
    "tell",
  ),
  who: fc.constantFrom(...people),
  pick: fc.nat(20),
});

describe("applyEvent", () => {
  it("keeps the state equal to a fresh fetch after every lasting event, and changes nothing when it comes again", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { chat, seen, getState } = follow();
        const { id } = chat.open("ana", { type: "group", participants: people.map((userId) => ({ userId })) });
        for (const { what, who, pick } of steps) {
          const stored = chat.conversations.get(id);
          const own =
            stored?.messages.filter(({ senderId, deletedAt }) => senderId === who && deletedAt === null) ?? [];
          const message = own[pick % Math.max(1, own.length)];
          const here = stored?.participants.some(({ userId }) => userId === who);
          if (what === "add") chat.addParticipant(id, who, pick % 2 ? "admin" : "member");
          if (what === "change") chat.change(id, pick % 2 ? { title: `Title ${pick}` } : { title: null });
          if (here && what === "send") chat.send(who, id, `x${seen.length}`, `Text ${pick}`);
          if (here && what === "edit" && message) chat.edit(who, message.id, `Edited ${pick}`);
          if (here && what === "delete" && message) chat.delete(who, message.id);
          if (here && what === "read") chat.read(who, id, pick);
          if (here && what === "deliver") chat.delivered(who, id, pick);
          if (here && what === "remove") chat.removeParticipant(id, who);
          if (here && what === "prefer") {
            const isSet = pick % 2 === 0;
            const inputs = [{ pinned: isSet }, { archived: isSet }, { markedUnread: isSet, pinned: true }];
            chat.own.setPreferences(who, id, inputs[pick % 3] ?? { pinned: true });
          }
          if (what === "tell") chat.own.changeSettings(who, { readReceipts: pick % 2 === 0 });
          expectTruth(chat, getState());
        }
        const versioned = seen.filter(({ name }) => !/^(unread|settings|conversation)/.test(name));
        expect(versioned.reduce((state, event) => applyEvent(state, event), getState())).toBe(getState());
      }),
      { numRuns: 200 },
    );
  });

  it("ends typing after three seconds, by a stop, and by the person's message", () => {
    const self = buildUser({ id: "ana" });
    const start = applyEvent({ ...initialState, self }, { name: "conversation:new", payload: buildConversation() });
    const typing = (userId: string, on: boolean): ServerEvent => ({
      name: "typing:updated",
      payload: { conversationId: "c1", userId, typing: on },
    });
    const types = applyEvent(start, typing("ben", true), 1_000);
    expect(types.typing.get("c1")?.get("ben")).toBe(4_000);
    expect(applyEvent(types, typing("ben", false)).typing.size).toBe(0);
    const message = buildMessage({ senderId: "ben", seq: 1, version: 1 });
    expect(applyEvent(types, { name: "message:new", payload: message }).typing.size).toBe(0);
    expect(applyEvent(start, typing("ana", true)).typing.size).toBe(0);
  });

  it("keeps presence as the server says it", () => {
    const event: ServerEvent = {
      name: "presence:updated",
      payload: { userId: "ben", status: "online", lastSeenAt: null },
    };
    const state = applyEvent(initialState, event);
    expect(state.presence.get("ben")?.status).toBe("online");
    expect(applyEvent(state, structuredClone(event))).toBe(state);
  });

  it("shows a message again that a newer conversation had already counted", () => {
    const self = buildUser({ id: "ana" });
    const message = buildMessage({ senderId: "ben", seq: 1, version: 2 });
    const newer = buildConversation({ lastSeq: 1, version: 3, lastMessage: message });
    const start = applyEvent({ ...initialState, self }, { name: "conversation:new", payload: newer });
    const open = { ...start, messages: new Map([["c1", whole]]) };
    const after = applyEvent(open, { name: "message:new", payload: message });
    expect(after.messages.get("c1")?.items).toEqual([message]);
    expect(after.conversations).toBe(open.conversations);
  });
});
