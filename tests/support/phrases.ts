/** A prime number, so that no pattern of conversations and seqs meets one of phrases. */
const COUNT = 4_001;

/** Words by how many phrases there are for one that holds them. The last stands in a single one. */
const EVERY: readonly (readonly [word: string, phrases: number])[] = [
  ["termin", 2],
  ["rechnung", 5],
  ["entwurf", 20],
  ["angebot", 100],
  ["korrektur", 1_000],
  ["sonderfall", COUNT],
];
/** In every fifth message of conversations that the reader does not hold, and in none that they hold. */
const FOREIGN = "fremdwort";

const SYLLABLES = ["ba", "ke", "li", "mo", "nu", "re", "sa", "ti", "vo", "zu", "fe", "ga", "hi", "ju", "pe", "da"];

/** What messages say: 100 bytes each of words as frequent as words are, first without and then with the foreign word. */
export function makePhrases(): string[] {
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const phrases = Array.from({ length: COUNT }, (_, n) =>
    [
      // The first words of the vocabulary are the frequent ones.
      ...Array.from({ length: 12 }, () => filler(Math.floor(3_000 ** random()))),
      ...EVERY.filter(([, every]) => n % every === 0).map(([word]) => word),
    ].join(" "),
  );
  return [...phrases, ...phrases.map((phrase) => `${phrase} ${FOREIGN}`)];
}

/** SQL: which of the phrases a message says, by its seq and the number of its conversation, of which the reader holds each `every`. */
export const phraseOf = (seq: string, n: string, every: number): string =>
  `(${seq} * 7919 + ${n} * 1047) % ${COUNT} + CASE WHEN ${n} % ${every} > 0 AND ${seq} % 5 = 0 THEN ${COUNT} ELSE 0 END`;

function filler(n: number): string {
  let word = "";
  for (let rest = n + 300; rest > 0; rest = Math.floor(rest / 16)) word += SYLLABLES[rest % 16];
  return word;
}
