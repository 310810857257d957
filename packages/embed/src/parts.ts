import { options } from "preact";

/** What a page may style by `::part(…)`: the name of the part by the kit's class name. The table in docs/embedding.md says the same. */
export const parts: Readonly<Record<string, string>> = {
  "parley-inbox-list": "list",
  "parley-inbox-chat": "chat",
  "parley-conversation": "conversation",
  "parley-header": "header",
  "parley-messages": "messages",
  "parley-message": "message",
  "parley-own": "own",
  "parley-bubble": "bubble",
  "parley-bubble-own": "own",
  "parley-system": "system-message",
  "parley-date": "date",
  "parley-typing": "typing",
  "parley-composer": "composer",
  "parley-composer-field": "composer-field",
  "parley-send": "send",
  "parley-badge": "badge",
  "parley-banner": "banner",
  "parley-empty": "empty",
  "parley-popup-launcher": "launcher",
  "parley-popup-panel": "panel",
  "parley-popup-teaser": "teaser",
};

/** Gives the kit's main elements their part names while they are made: the kit itself needs none outside of a shadow root. */
export function nameParts(): void {
  const before = options.vnode;
  options.vnode = (vnode) => {
    const { type, props } = vnode;
    if (typeof type === "string") {
      const { className } = props as { className?: unknown };
      const names = typeof className === "string" ? partsOf(className) : "";
      if (names !== "") (props as { part?: string }).part = names;
    }
    before?.(vnode);
  };
}

/** The part names of an element by its class names, with blanks between. */
export function partsOf(className: string): string {
  return className
    .split(" ")
    .flatMap((name) => parts[name] ?? [])
    .join(" ");
}
