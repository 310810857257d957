import { limits } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { mergeConversationTypes } from "../../platform/conversation-types.ts";
import { requireEditWindow, requireMayWrite, requireUndoWindow, requireWriter } from "./policy.ts";
import { requireTextFits } from "./require-text-fits.ts";

const [policy] = mergeConversationTypes([{ conversationTypes: { order: { maxTextLength: 3 } } }]).values();
if (policy === undefined) throw new Error("There is no type.");

/** The code of the refusal, or "fine". */
function codeOf(check: () => void): string {
  try {
    check();
    return "fine";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("who may change something", () => {
  it.each([
    ["active", "member", "fine"],
    ["active", "owner", "fine"],
    ["locked", "member", "conversation_locked"],
    ["locked", "owner", "conversation_locked"],
    ["locked", "admin", "fine"],
    ["archived", "member", "conversation_archived"],
    ["archived", "admin", "conversation_archived"],
  ] as const)("%s, %s: %s", (status, role, outcome) => {
    expect(codeOf(() => requireMayWrite({ status, role }))).toBe(outcome);
  });

  it.each([
    [null, 1e12, "fine"],
    [10, 10_000, "fine"],
    [10, 10_001, "edit_window_closed"],
    [0, 0, "fine"],
    [0, 1, "edit_window_closed"],
  ])("edit window %s s, %d ms later: %s", (editWindowSeconds, later, outcome) => {
    const check = () => requireEditWindow({ ...policy, editWindowSeconds }, 5_000, 5_000 + later);
    expect(codeOf(check)).toBe(outcome);
  });

  it.each([
    ["abc", "fine"],
    ["abcd", "message_too_long"],
    ["😀😀😀", "fine"],
    ["😀😀😀😀", "message_too_long"],
  ])("text %s: %s", (content, outcome) => {
    expect(codeOf(() => requireTextFits({ ...policy, maxTextLength: 3 }, content))).toBe(outcome);
  });
});

describe("where only admins write", () => {
  it("keeps members out, and nobody elsewhere", () => {
    const announcement = { ...policy, writers: "admins" as const };
    const roles = ["owner", "admin", "member"] as const;
    expect(roles.map((role) => codeOf(() => requireWriter(announcement, role)))).toEqual([
      "fine",
      "fine",
      "writers_only",
    ]);
    expect(roles.map((role) => codeOf(() => requireWriter(policy, role)))).toEqual(["fine", "fine", "fine"]);
  });
});

describe("taking a deletion back", () => {
  it("ends with its window", () => {
    expect(codeOf(() => requireUndoWindow(1_000, 1_000 + limits.undoDeleteMs))).toBe("fine");
    expect(codeOf(() => requireUndoWindow(1_000, 1_001 + limits.undoDeleteMs))).toBe("undo_window_closed");
  });
});
