import { type Labels, loadLabels, type Locale } from "@parley/react";
import { longerWait } from "./longer-wait.ts";

const held = new Map<Locale, Labels>();
const coming = new Map<Locale, Promise<void>>();

/** The kit's texts in this language; null until `fetchLanguage` has brought them. */
export const textsIn = (locale: Locale): Labels | null => held.get(locale) ?? null;

/** Fetches the texts, once for all elements of the page, and tries until they are here. `failed` hears of each failure. */
export function fetchLanguage(locale: Locale, failed: (error: unknown) => void): Promise<void> {
  const known = coming.get(locale) ?? fetchAgain(locale, failed, 0);
  coming.set(locale, known);
  return known;
}

async function fetchAgain(locale: Locale, failed: (error: unknown) => void, waited: number): Promise<void> {
  try {
    held.set(locale, await loadLabels(locale));
  } catch (error) {
    failed(error);
    const wait = longerWait(waited);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await fetchAgain(locale, failed, wait);
  }
}
