import { options } from "preact";

/** Ends of class names; with another name of the part behind a colon. */
const names =
  "inbox-list:list inbox-chat:chat conversation header messages message own bubble bubble-own:own system:system-message " +
  "date typing composer composer-field send badge banner empty popup-launcher:launcher popup-panel:panel popup-teaser:teaser";

/** What a page may style by `::part(…)`: the name of the part by the kit's class name. The table in docs/embedding.md says the same. */
export const parts: Readonly<Record<string, string>> = Object.fromEntries(
  names.split(" ").map((name) => {
    const [end = "", part = end] = name.split(":");
    return [`parley-${end}`, part];
  }),
);

/** Gives the kit's main elements their part names while they are made: the kit itself needs none outside of a shadow root. */
export function nameParts(): void {
  const before = options.vnode;
  options.vnode = (vnode) => {
    const { type, props } = vnode;
    if (typeof type === "string") {
      const { className = "" } = props as { className?: string };
      const names = partsOf(className);
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
