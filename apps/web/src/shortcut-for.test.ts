import { expect, it } from "vitest";
import { shortcutFor } from "./shortcut-for.ts";

const none = { ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, isComposing: false };
const press = (key: string, more: Partial<typeof none> = {}) => ({ ...none, key, ...more });

it("knows its keys", () => {
  expect(shortcutFor(press("k", { ctrlKey: true }), false, true)).toBe("search");
  expect(shortcutFor(press("k", { metaKey: true }), true, false)).toBe("search");
  expect(shortcutFor(press("/", { ctrlKey: true }), true, true)).toBe("help");
  expect(shortcutFor(press("ArrowDown", { altKey: true }), false, true)).toBe("next");
  expect(shortcutFor(press("?"), false, true)).toBe("help");
});

it("takes no key from somebody who writes, composes, or has switched single keys off", () => {
  for (const key of ["?", "/", "k", "ArrowDown"]) expect(shortcutFor(press(key), true, true), key).toBeNull();
  expect(shortcutFor(press("ArrowUp", { altKey: true }), true, true)).toBeNull();
  expect(shortcutFor(press("?"), false, false)).toBeNull();
  expect(shortcutFor(press("k", { ctrlKey: true, isComposing: true }), false, true)).toBeNull();
  // A letter with Shift is another one, and belongs to the browser.
  expect(shortcutFor(press("K", { ctrlKey: true }), false, true)).toBeNull();
});
