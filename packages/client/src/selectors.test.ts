import { buildConversation } from "@parley/testkit";
import { expect, it } from "vitest";
import { initialState } from "./initial-state.ts";
import { selectConversationsByActivity, selectUnreadTotal } from "./selectors.ts";

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
