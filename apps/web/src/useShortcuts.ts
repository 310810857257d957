import type { ConversationListHandle } from "@parley/react";
import { type RefObject, useEffect } from "react";
import { readPreferences } from "./preferences.ts";
import { shortcutFor } from "./shortcut-for.ts";

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

/** A key in a text field belongs to the text; in a dialog or a menu, to that. */
function isWriting({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog, [role=menu], [role=listbox]") !== null || target.isContentEditable) return true;
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  return isField && !["radio", "checkbox", "button"].includes(target.type);
}
