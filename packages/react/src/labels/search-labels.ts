/** What the kit says around the search for messages. */
export interface SearchLabels {
  readonly searchMessages: string;
  readonly searchPlaceholder: string;
  readonly searchFilters: string;
  readonly searchIn: string;
  readonly searchInThis: string;
  readonly searchInAll: string;
  readonly searchFrom: string;
  readonly searchFromAnybody: string;
  readonly searchSince: string;
  readonly searchUntil: string;
  readonly searchHits: string;
  /** Said to screen readers; `more`: there are others behind these. */
  readonly searchCount: (count: number, more: boolean) => string;
  readonly searchStart: string;
  readonly searchStartHint: string;
  readonly searchNothing: string;
  readonly searchNothingHint: string;
  /** Only the newest messages were looked through so far. */
  readonly searchNotYet: string;
  readonly searchNotYetHint: string;
  readonly searchMore: string;
  readonly searchWaits: (seconds: number) => string;
  readonly searching: string;
  readonly closeSearch: string;
}
