import { describe, expect, it } from "vitest";
import { type ComposerKey, composerAction, lengthOf } from "./composer-keys.ts";

const desk = { enterSends: true, empty: false, bound: false };
const press = (key: string, change: Partial<ComposerKey> = {}): ComposerKey => ({
  key,
  keyCode: 0,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...change,
});

describe("composerAction", () => {
  it("sends on Enter and makes a new line on Shift+Enter", () => {
    expect(composerAction(press("Enter"), desk)).toBe("submit");
    expect(composerAction(press("Enter", { shiftKey: true }), desk)).toBeNull();
  });

  it("makes a new line on a touch keyboard or where it is wanted so, and sends with Control or Command everywhere", () => {
    const touch = { ...desk, enterSends: false };
    expect(composerAction(press("Enter"), touch)).toBeNull();
    expect(composerAction(press("Enter", { ctrlKey: true }), touch)).toBe("submit");
    expect(composerAction(press("Enter", { metaKey: true }), desk)).toBe("submit");
  });

  it("leaves the Enter that ends a composition to the input method, also in Safari", () => {
    expect(composerAction(press("Enter", { isComposing: true }), desk)).toBeNull();
    expect(composerAction(press("Enter", { keyCode: 229 }), desk)).toBeNull();
    expect(composerAction(press("Enter", { isComposing: true, ctrlKey: true }), desk)).toBeNull();
  });

  it("edits the last message on Arrow-Up only when nothing is written", () => {
    const empty = { ...desk, empty: true };
    expect(composerAction(press("ArrowUp"), empty)).toBe("edit-last");
    expect(composerAction(press("ArrowUp"), desk)).toBeNull();
    expect(composerAction(press("ArrowUp", { shiftKey: true }), empty)).toBeNull();
    expect(composerAction(press("ArrowUp"), { ...empty, bound: true })).toBeNull();
  });

  it("cancels a change or a reply on Escape, and has nothing to cancel otherwise", () => {
    expect(composerAction(press("Escape"), { ...desk, bound: true })).toBe("cancel");
    expect(composerAction(press("Escape"), desk)).toBeNull();
  });
});

describe("composerAction on F6", () => {
  it("leaves for the history, whatever is written", () => {
    expect(composerAction(press("F6"), desk)).toBe("leave");
    expect(composerAction(press("F6"), { ...desk, empty: true, bound: true })).toBe("leave");
    expect(composerAction(press("F6", { ctrlKey: true }), desk)).toBeNull();
  });
});

describe("lengthOf", () => {
  it("counts code points, as the server does", () => {
    expect(lengthOf("Grüße")).toBe(5);
    expect(lengthOf("👍🏽")).toBe(2);
  });
});
