import type { Message, SyncResult } from "@parley/protocol";
import { buildConversation, buildMessage, buildParticipant, buildUser } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { applyEvent } from "./apply-event.ts";
import { applySync } from "./apply-sync.ts";
import { initialState } from "./initial-state.ts";
import type { ChatState } from "./state.ts";

const nothing: SyncResult = { changes: [], receipts: [], preferences: [], gone: [], more: false };
const sent = { versions: new Map([["c1", 3]]), isGone: () => false };
const upTo = (seq: number): Message[] => Array.from({ length: seq }, (_, index) => buildMessage({ seq: index + 1 }));
const conversationAt = (seq: number) =>
  buildConversation({ version: seq, lastSeq: seq, lastMessage: buildMessage({ seq }) });

function holding(seq: number): ChatState {
  const self = buildUser({ id: "ana" });
  const state = applyEvent({ ...initialState, self }, { name: "conversation:new", payload: conversationAt(seq) });
  const window = { items: upTo(seq), hasOlder: false, hasNewer: false, loading: null };
  return { ...state, messages: new Map([["c1", window]]) };
}
const shown = (state: ChatState) => state.messages.get("c1")?.items.map(({ seq }) => seq);

describe("applySync", () => {
  it("brings new messages and changes of old ones into the window", () => {
    const edited = buildMessage({ seq: 2, version: 5, content: "Edited" });
    const change = { conversation: conversationAt(5), messages: [edited, ...upTo(4).slice(3)], reset: false };
    const after = applySync(holding(3), { ...nothing, changes: [change] }, sent);
    expect(shown(after)).toEqual([1, 2, 3, 4]);
    expect(after.messages.get("c1")?.items[1]).toEqual(edited);
    expect(after.conversations.get("c1")?.version).toBe(5);
  });

  it("replaces the window by the newest page when it starts over", () => {
    const change = { conversation: conversationAt(90), messages: upTo(90).slice(40), reset: true };
    const after = applySync(holding(3), { ...nothing, changes: [change] }, sent);
    expect(after.messages.get("c1")).toMatchObject({ hasOlder: true, hasNewer: false });
    expect(shown(after)?.at(0)).toBe(41);
    expect(shown(after)).toHaveLength(50);
  });

  it("does not start over, nor go back, when events were faster than the answer", () => {
    const before = holding(6);
    const change = { conversation: conversationAt(5), messages: upTo(5).slice(4), reset: true };
    const after = applySync(before, { ...nothing, changes: [change] }, sent);
    expect(shown(after)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(after.conversations.get("c1")).toMatchObject({ version: 6, lastSeq: 6 });
  });

  it("makes no window where none was asked for", () => {
    const change = { conversation: buildConversation({ id: "c2" }), messages: [], reset: true };
    const after = applySync(holding(3), { ...nothing, changes: [change] }, sent);
    expect([...after.messages.keys()]).toEqual(["c1"]);
    expect(after.conversations.has("c2")).toBe(true);
  });

  it("moves positions on and never back", () => {
    const receipt = { conversationId: "c1", userId: "ben", readSeq: 2, deliveredSeq: 3 };
    const moved = applySync(holding(3), { ...nothing, receipts: [receipt] }, sent);
    const late = conversationAt(4);
    const change = { conversation: late, messages: [], reset: false };
    const after = applySync(moved, { ...nothing, changes: [change] }, sent);
    expect(after.conversations.get("c1")?.participants[1]).toEqual(
      buildParticipant("ben", { readSeq: 2, deliveredSeq: 3 }),
    );
  });

  it("drops what is gone, unless it came back since the question was asked", () => {
    expect(applySync(holding(3), { ...nothing, gone: ["c1"] }, sent).conversations.size).toBe(0);
    expect(applySync(holding(4), { ...nothing, gone: ["c1"] }, sent).conversations.size).toBe(1);
  });

  it("does not bring back what was lost after the question was asked", () => {
    const empty: ChatState = { ...initialState, self: buildUser({ id: "ana" }) };
    const change = { conversation: conversationAt(4), messages: [], reset: false };
    const context = { ...sent, isGone: (id: string, version: number) => id === "c1" && version <= 4 };
    expect(applySync(empty, { ...nothing, changes: [change] }, context)).toBe(empty);
  });
});
