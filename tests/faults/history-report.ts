export type ViolationKind = "lost" | "doubled" | "phantom" | "hole" | "order" | "leak" | "refused";

export interface Violation {
  readonly kind: ViolationKind;
  readonly what: string;
}

export interface Report {
  /** Empty: the history is right. At most a hundred are told, `total` counts all. */
  readonly violations: readonly Violation[];
  readonly total: number;
  readonly sent: number;
  readonly acked: number;
  readonly attempts: number;
  readonly repeats: number;
  readonly heard: number;
  readonly stored: number;
  readonly connections: number;
  /** The longest time between two acknowledgements of whomever, in milliseconds. */
  readonly longestSilenceMs: number;
}
