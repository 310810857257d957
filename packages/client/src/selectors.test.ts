import { buildConversation } from "@parley/testkit";
import { expect, it } from "vitest";
import { initialState } from "./initial-state.ts";
import { isArchived, isMuted, selectAttention, selectConversationsByActivity, selectUnreadTotal } from "./selectors.ts";

it("orders the inbox by activity, then by id, and keeps the array as long as nothing changed", () => {
  const at = (hour: number) => `2026-01-05T0${hour}:00:00.000Z`;
  const list = [
    buildConversation({ id: "a", updatedAt: at(1) }),
    buildConversation({ id: "b", updatedAt: at(3) }),
    buildConversation({ id: "c", updatedAt: at(1) }),
  ];
  const state = { ...initialState, conversations: new Map(list.map((one) => [one.id, one])), unreadTotal: 4 };
  expect(selectConversationsByActivity(state).map(({ id }) => id)).toEqual(["b", "c", "a"]);
  expect(selectConversationsByActivity({ ...state, ready: true })).toBe(selectConversationsByActivity(state));
  expect(selectUnreadTotal(state)).toBe(4);
});

const now = Date.parse("2026-01-05T12:00:00.000Z");
const { preferences: untouched } = buildConversation();
const muted = { ...untouched, mutedUntil: "2026-01-05T12:00:00.001Z" };

it("takes as archived what has not gone on since", () => {
  const at = (archivedSeq: number | null, lastSeq: number) =>
    isArchived(buildConversation({ lastSeq, preferences: { ...untouched, archivedSeq } }));
  expect([at(3, 3), at(4, 3), at(0, 0), at(3, 4), at(null, 0)]).toEqual([true, true, true, false, false]);
});

it("takes as muted what is muted still", () => {
  const conversation = buildConversation({ preferences: muted });
  expect([isMuted(conversation, now), isMuted(conversation, now + 1), isMuted(buildConversation(), now)]).toEqual([
    true,
    false,
    false,
  ]);
});

it("counts what calls for attention: not what is muted or archived, marked or not, once what is marked as unread elsewhere", () => {
  const marked = { ...untouched, markedUnread: true };
  const list = [
    buildConversation({ id: "unread", lastSeq: 5, unread: 3 }),
    buildConversation({ id: "muted", lastSeq: 5, unread: 5, preferences: muted }),
    buildConversation({ id: "marked", preferences: marked }),
    buildConversation({ id: "marked and unread", unread: 2, preferences: marked }),
    buildConversation({ id: "marked and muted", unread: 7, preferences: { ...muted, markedUnread: true } }),
    buildConversation({ id: "archived", lastSeq: 9, unread: 9, preferences: { ...marked, archivedSeq: 9 } }),
  ];
  const state = { ...initialState, conversations: new Map(list.map((one) => [one.id, one])) };
  expect(selectAttention(state, now)).toBe(3 + 1 + 2);
  expect(selectAttention(state, now + 1)).toBe(3 + 5 + 1 + 2 + 7);
});
