/** The word for a name that comes from data. Its own only: somebody may call a subject `__proto__` or `constructor`. */
export const wordFor = (words: object, name: string): string | undefined =>
  Object.hasOwn(words, name) ? (words as Readonly<Record<string, string>>)[name] : undefined;
