// Makes the emoji of the kit's picker, one file for each language, from a folder that holds the package emojibase-data:
//   node scripts/make-emoji-data.mjs <folder>
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name the folder of emojibase-data.");
const read = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));

/** Skin tones and hair stand alone there: nobody sends them so. */
const components = 2;
/** Emoji that are shown as pictures anyway carry no selector: 👍 is one emoji, however it was chosen. */
const withoutSelector = (sign) => sign.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, "$1");

for (const language of ["de", "en"]) {
  const all = read(`${language}/compact.json`).toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
  const groups = read(`${language}/messages.json`)
    .groups.filter(({ order }) => order !== components)
    .map(({ order, message }) => ({
      name: message,
      emoji: all.filter((emoji) => emoji.group === order).map(lineOf),
    }));
  const file = new URL(`../packages/react/src/emoji/${language}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify({ groups }, null, 2)}\n`);
}

/** "😀|grinning face|cheerful happy": the sign, its name, further words that find it. */
function lineOf({ unicode, label, tags = [] }) {
  const words = tags
    .flatMap((tag) => tag.split(" "))
    .filter((word) => !label.toLowerCase().includes(word.toLowerCase()));
  return [withoutSelector(unicode), label, [...new Set(words)].join(" ")].join("|");
}
