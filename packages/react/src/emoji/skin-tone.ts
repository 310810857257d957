/** The modifiers from light to dark, by Fitzpatrick's scale; "" is the yellow that stands for everybody. */
export const skinTones = ["", "\u{1F3FB}", "\u{1F3FC}", "\u{1F3FD}", "\u{1F3FE}", "\u{1F3FF}"] as const;
export type SkinTone = (typeof skinTones)[number];

/** One person or hand, and the selector that gives way to a tone. */
const bearer = /(\p{Emoji_Modifier_Base})\uFE0F?/gu;
const person = /[\u{1F466}-\u{1F469}\u{1F9D1}\u{1F9D2}]/gu;
/** Between two people: a heart, hands. Other groups of people, families, have no tones. */
const bond = /[\u2764\u{1F91D}]/u;
const family = "\u{1F46A}";

/** The sign in this tone; itself where it has none. */
export function withTone(sign: string, tone: SkinTone): string {
  if (tone === "") return sign;
  const isFamily = sign === family || ((sign.match(person)?.length ?? 0) > 1 && !bond.test(sign));
  // In "people holding hands" only the people have a tone, not the hands between them.
  return isFamily ? sign : sign.replaceAll(bearer, (whole, base) => (isBond(sign, base) ? whole : base + tone));
}

const isBond = (sign: string, base: string) => base === "\u{1F91D}" && sign !== base;
