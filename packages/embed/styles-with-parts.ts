import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const kit = fileURLToPath(new URL("../react/src/", import.meta.url));
const sheets = fileURLToPath(new URL("src/style-sheets.ts", import.meta.url));
const start = fileURLToPath(new URL("src/start.ts", import.meta.url));

/** Which styles of the kit come with which of its files: with those that show something first. */
const STYLES: Readonly<Record<string, readonly string[]>> = {
  [start]: ["tokens", "theme", "controls", "frame", "states"],
  [`${kit}components/Avatar.tsx`]: ["avatar"],
  [`${kit}components/BoundNote.tsx`]: ["composer-bound"],
  [`${kit}components/ChatWindow.tsx`]: [...["chat", "messages", "bubbles", "rich-text", "composer", "message-tools"]],
  [`${kit}components/CompletionList.tsx`]: ["completion"],
  [`${kit}components/ConnectionBanner.tsx`]: ["states"],
  [`${kit}components/ConversationList.tsx`]: ["conversations", "conversation-list"],
  [`${kit}components/EmojiPopover.tsx`]: ["emoji-picker"],
  [`${kit}components/EmptyState.tsx`]: ["states"],
  [`${kit}components/InboxTools.tsx`]: ["search-field"],
  [`${kit}components/LeaveDialog.tsx`]: ["overlays"],
  [`${kit}components/menu.ts`]: ["overlays"],
  [`${kit}components/MessageInfo.tsx`]: ["overlays"],
  [`${kit}components/MessageMenu.tsx`]: ["emoji-picker"],
  [`${kit}components/NoticeBar.tsx`]: ["notice"],
  [`${kit}components/ShownPart.tsx`]: ["states"],
  [`${kit}components/Skeleton.tsx`]: ["states"],
  [`${kit}components/TypingWords.tsx`]: ["typing"],
  [`${kit}embed/Inbox.tsx`]: ["inbox-frame"],
  [`${kit}embed/Popup.tsx`]: ["popup"],
  [`${kit}search/SearchPanel.tsx`]: ["search-field", "search"],
  [`${kit}search/SearchResults.tsx`]: ["search"],
};
const PREFIX = "\0parley-styles:";

/** Lets every file with a part of the kit bring the styles of that part, in the order and the layers of the kit's `styles.css`. */
export function stylesWithParts(): Plugin {
  const order = readOrder();
  return {
    name: "styles-with-parts",
    buildStart() {
      const brought = new Set(Object.values(STYLES).flat());
      const missing = order.map(({ name }) => name).filter((name) => !brought.has(name));
      if (missing.length > 0) this.error(`No file brings these styles: ${missing.join(", ")}.`);
    },
    resolveId: (source) => (source.startsWith(PREFIX) ? source : null),
    load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const name = id.slice(PREFIX.length);
      const rank = order.findIndex((style) => style.name === name);
      return [
        `import text from ${JSON.stringify(`${kit}styles/${name}.css?inline`)};`,
        `import { addStyles } from ${JSON.stringify(sheets)};`,
        `addStyles(${rank}, ${JSON.stringify(order[rank]?.layer)}, text);`,
      ].join("\n");
    },
    transform(code, id) {
      const styles = STYLES[id];
      if (styles === undefined) return null;
      return `${styles.map((name) => `import ${JSON.stringify(PREFIX + name)};`).join("")}${code}`;
    },
  };
}

/** The same beginnings again and again: `$ink` for `var(--parley-ink)`, `$ink:` for `--parley-ink:` and `.-row` for `.parley-row`, until src/with-base.ts writes them out. */
export const shortNames: Plugin = {
  name: "short-names",
  enforce: "post",
  transform: (code, id) =>
    id.endsWith(".css?inline")
      ? code.replaceAll(/var\(--parley-([a-z][\w-]*)\)|--parley-([a-z][\w-]*:)/g, "$$$1$2").replaceAll(".parley-", ".-")
      : null,
};

function readOrder(): { readonly name: string; readonly layer: string }[] {
  const text = ["styles/parts.css", "styles.css"].map((name) => readFileSync(kit + name, "utf8")).join("");
  const imports = text.matchAll(/@import url\("\.\/(?:styles\/)?(?<name>.+)\.css"\) layer\((?<layer>.+)\);/g);
  return [...imports].map(({ groups }) => ({ name: groups?.name ?? "", layer: groups?.layer ?? "" }));
}
