import type { ConversationListHandle } from "@parley/react";
import { type RefObject, useEffect } from "react";
import { readPreferences } from "./preferences.ts";

export interface ShortcutTargets {
  readonly list: RefObject<ConversationListHandle | null>;
  readonly openHelp: () => void;
}

/** The keys that work anywhere in the app. None of them takes a key away from somebody who writes. */
export function useShortcuts({ list, openHelp }: ShortcutTargets): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const shortcut = shortcutFor(event, isWriting(event), readPreferences().singleKeys);
      if (shortcut === null) return;
      event.preventDefault();
      if (shortcut === "search") list.current?.focusSearch();
      else if (shortcut === "help") openHelp();
      else list.current?.step(shortcut === "next" ? 1 : -1);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [list, openHelp]);
}

type Shortcut = "search" | "help" | "next" | "previous";
type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "defaultPrevented" | "isComposing">;

/** What a key asks for. `writing`: it is meant for a text. `singleKeys`: keys without Control or Alt work too. */
export function shortcutFor(key: Key, writing: boolean, singleKeys: boolean): Shortcut | null {
  if (key.defaultPrevented || key.isComposing) return null;
  const name = nameOf(key);
  const single = name === key.key;
  if (writing && !name.startsWith("Control+")) return null;
  return single && !singleKeys ? null : (shortcuts[name] ?? null);
}

/** Shift is no part of a name: on some keyboards a slash needs it, and with it a letter is another one. */
function nameOf({ key, ctrlKey, metaKey, altKey }: Key): string {
  return `${ctrlKey || metaKey ? "Control+" : ""}${altKey ? "Alt+" : ""}${key}`;
}

const shortcuts: Readonly<Record<string, Shortcut | undefined>> = {
  "Control+k": "search",
  "Control+/": "help",
  "Alt+ArrowDown": "next",
  "Alt+ArrowUp": "previous",
  "/": "search",
  "?": "help",
};

/** A key in a text field belongs to the text; in a dialog or a menu, to that. */
function isWriting({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog, [role=menu], [role=listbox]") !== null || target.isContentEditable) return true;
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  return isField && !["radio", "checkbox", "button"].includes(target.type);
}
