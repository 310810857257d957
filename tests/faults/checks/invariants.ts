import type { HistoryRecord } from "../history/history.ts";

/** What must hold whatever breaks; each is judged by a check beside this file. */
export const invariants = {
  I1: "No acknowledged message is lost: it is stored, everybody who takes part has it in the end, and at once where nothing is broken",
  I2: "A message is stored and shown once, and its repeats get the first answer",
  I3: "Nothing is stored or seen that was not asked for by whom it names, with the same body",
  I4: "Seqs are 1 to n, one place means one message for everybody, and events come in order",
  I5: "One sender's messages keep their order, and what was acknowledged before another was sent stands before it",
  I6: "Whatever was acknowledged is in every later read, on every server",
  I7: "Positions never go back, read ≤ delivered ≤ last seq, and unread is what counting gives",
  I8: "What a device made of events and catch-ups is what a fresh fetch gives",
  I9: "What was deleted or replaced is neither shown nor fetched any more",
  I10: "Who was removed gets nothing that came after the removal, and finds nothing",
  I11: "A connection ends within a second of its token or its session, within five without Redis",
  I12: "An outsider who knows every id gets nothing",
  I14: "A reader that does not read costs a bounded amount, is cut off, and nobody else notices",
  I15: "What was broken works again within five seconds of its repair, without a hand",
  I16: "A server that is told to stop answers what it took, ends in time, and its clients come back",
} as const;

export type Invariant = keyof typeof invariants;

export interface Violation {
  readonly invariant: Invariant;
  readonly what: string;
}

/** Judges one thing, record by record, then once at the end. */
export interface Check {
  add(record: HistoryRecord): void;
  finish?(): void;
}

export type Tell = (invariant: Invariant, what: string) => void;

export interface Report {
  /** Empty: the history is right. At most twenty of each invariant are told, `total` counts all. */
  readonly violations: readonly Violation[];
  readonly total: number;
  readonly counts: Counts;
}

export interface Counts {
  readonly records: number;
  readonly sent: number;
  readonly acked: number;
  readonly repeats: number;
  readonly heard: number;
  readonly connections: number;
  readonly faults: number;
  /** Operations that succeeded, by kind. */
  readonly done: Readonly<Record<string, number>>;
  /** The longest time between two acknowledged sends of whomever, in milliseconds. */
  readonly longestSilenceMs: number;
}
