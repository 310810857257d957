import type { SearchLabels } from "./search-labels.ts";

export const searchEn: SearchLabels = {
  searchMessages: "Search messages",
  searchPlaceholder: "Words…",
  searchFilters: "Filters",
  searchIn: "Where",
  searchInThis: "This conversation",
  searchInAll: "All conversations",
  searchFrom: "Written by",
  searchFromAnybody: "Anybody",
  searchSince: "From",
  searchUntil: "To",
  searchHits: "Messages found",
  searchCount: (count, more) => {
    if (count === 1 && !more) return "1 message found";
    return more ? `More than ${count} messages found` : `${count} messages found`;
  },
  searchStart: "What are you looking for?",
  searchStartHint: "Write a word, or how it begins. Capitals and accents do not matter.",
  searchNothing: "No message found",
  searchNothingHint: "Try another form of the word, or fewer words and filters.",
  searchNotYet: "Nothing in the newest messages",
  searchNotYetHint: "There may be more further back.",
  searchMore: "Show more",
  searchWaits: (seconds) => `That was a lot of searching. It goes on in ${seconds} s.`,
  searching: "Searching",
  closeSearch: "Close the search",
};
