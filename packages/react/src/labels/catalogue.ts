import { de } from "./de.ts";
import { en } from "./en.ts";
import type { Labels } from "./labels.ts";

export type Locale = "de" | "en";

export const catalogue: Readonly<Record<Locale, Labels>> = { de, en };
