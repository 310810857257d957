import type { SearchLabels } from "./search-labels.ts";

export const searchDe: SearchLabels = {
  searchMessages: "Nachrichten suchen",
  searchPlaceholder: "Wörter …",
  searchFilters: "Filter",
  searchIn: "Wo",
  searchInThis: "Diese Unterhaltung",
  searchInAll: "Alle Unterhaltungen",
  searchFrom: "Geschrieben von",
  searchFromAnybody: "Allen",
  searchSince: "Von",
  searchUntil: "Bis",
  searchHits: "Gefundene Nachrichten",
  searchCount: (count, more) => {
    if (count === 1 && !more) return "1 Nachricht gefunden";
    return more ? `Mehr als ${count} Nachrichten gefunden` : `${count} Nachrichten gefunden`;
  },
  searchStart: "Was suchst du?",
  searchStartHint: "Schreib ein Wort oder seinen Anfang. Groß und klein, Umlaut oder nicht: das ist gleich.",
  searchNothing: "Keine Nachricht gefunden",
  searchNothingHint: "Versuch eine andere Form des Wortes oder weniger Wörter und Filter.",
  searchNotYet: "In den neuesten Nachrichten nichts",
  searchNotYetHint: "Weiter zurück steht vielleicht etwas.",
  searchMore: "Mehr zeigen",
  searchWaits: (seconds) => `Das waren viele Suchen. In ${seconds} s geht es weiter.`,
  searching: "Suche läuft",
  closeSearch: "Suche schließen",
};
