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
