import type { Locale } from "../labels/catalogue.ts";

export interface Emoji {
  readonly sign: string;
  readonly name: string;
  /** Lower case, without hyphens: what finds it, the name first. */
  readonly words: string;
}

export interface EmojiGroup {
  readonly name: string;
  readonly emoji: readonly Emoji[];
}

/** Written by scripts/make-emoji-data.mjs. */
interface EmojiFile {
  readonly groups: readonly { readonly name: string; readonly emoji: readonly string[] }[];
}

const files: Readonly<Record<Locale, () => Promise<{ default: EmojiFile }>>> = {
  de: () => import("./de.json", { with: { type: "json" } }),
  en: () => import("./en.json", { with: { type: "json" } }),
};
const loaded = new Map<Locale, Promise<readonly EmojiGroup[]>>();

/** All emoji with their names in this language: a file of about 35 kB, fetched once, when somebody first wants it. */
export function loadEmoji(locale: Locale): Promise<readonly EmojiGroup[]> {
  const known = loaded.get(locale);
  if (known !== undefined) return known;
  const groups = files[locale]().then(({ default: file }) => file.groups.map(readGroup));
  loaded.set(locale, groups);
  // Without a network it is asked for again the next time.
  groups.catch(() => loaded.delete(locale));
  return groups;
}

function readGroup({ name, emoji }: EmojiFile["groups"][number]): EmojiGroup {
  return { name, emoji: emoji.map(readEmoji) };
}

function readEmoji(line: string): Emoji {
  const [sign = "", name = "", more = ""] = line.split("|");
  return { sign, name, words: `${name} ${more}`.toLowerCase().replaceAll("-", " ") };
}
