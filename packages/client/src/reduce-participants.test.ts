import { buildConversation, buildUser } from "@parley/testkit";
import { expect, it } from "vitest";
import { initialState } from "./initial-state.ts";
import { reduceParticipantRemoved } from "./reduce-participants.ts";
import type { ChatState } from "./state.ts";

it("keeps former participants in the order of the server: by code points", () => {
  const ordered = [
    "a",
    "a-",
    "a0",
    "ab",
    "z",
    "é",
    "a\u{1F600}",
    "\uFB01",
    "\uFF5E",
    "\u{1F600}",
    "\u{1F600}a",
    "\u{1F601}",
  ];
  const byBytes = [...ordered].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const leaving = [...ordered].reverse();
  const participants = leaving.map((id) => ({
    user: buildUser({ id }),
    role: "member" as const,
    readSeq: 0,
    deliveredSeq: 0,
  }));
  const conversation = buildConversation({ id: "c1", version: 1, participants });
  const start: ChatState = { ...initialState, conversations: new Map([["c1", conversation]]) };
  const end = leaving.reduce(
    (state, userId, n) => reduceParticipantRemoved(state, { conversationId: "c1", userId, version: n + 2 }),
    start,
  );
  expect(end.conversations.get("c1")?.formerParticipants.map(({ id }) => id)).toEqual(byBytes);
});
