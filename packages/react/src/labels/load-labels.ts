import type { Locale } from "./catalogue.ts";
import type { Labels } from "./labels.ts";

const languages: Readonly<Record<Locale, () => Promise<Labels>>> = {
  de: async () => (await import("./de.ts")).de,
  en: async () => (await import("./en.ts")).en,
};

/** What the kit says in this language, in a file of its own. Rejects when it cannot be fetched. */
export function loadLabels(locale: Locale): Promise<Labels> {
  return languages[locale]();
}
