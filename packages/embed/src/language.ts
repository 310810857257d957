import { type Labels, loadLabels, type Locale } from "@parley/react";

const held = new Map<Locale, Labels>();
const coming = new Map<Locale, Promise<void>>();

/** How long to wait before a language is asked for again, in ms; doubled up to the longest. */
const firstWait = 1_000;
const longestWait = 30_000;

/** The kit's texts in this language; null until `fetchLanguage` has brought them. */
export const textsIn = (locale: Locale): Labels | null => held.get(locale) ?? null;

/** Fetches the texts, once for all elements of the page, and tries until they are here. `failed` hears of each failure. */
export function fetchLanguage(locale: Locale, failed: (error: unknown) => void): Promise<void> {
  const known = coming.get(locale) ?? fetchAgain(locale, failed, firstWait);
  coming.set(locale, known);
  return known;
}

async function fetchAgain(locale: Locale, failed: (error: unknown) => void, wait: number): Promise<void> {
  try {
    held.set(locale, await loadLabels(locale));
  } catch (error) {
    failed(error);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await fetchAgain(locale, failed, Math.min(wait * 2, longestWait));
  }
}
