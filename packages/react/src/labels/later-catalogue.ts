import type { Locale } from "./catalogue.ts";
import { laterDe } from "./later-de.ts";
import { laterEn } from "./later-en.ts";
import type { LaterLabels } from "./later-labels.ts";

export const laterCatalogue: Readonly<Record<Locale, LaterLabels>> = { de: laterDe, en: laterEn };
