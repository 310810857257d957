import type { Percentiles } from "./histogram.ts";

/** Whom the load client speaks as. */
export interface Person {
  readonly id: string;
  readonly token: string;
}

/** One conversation of two people. */
export interface Pair {
  readonly conversationId: string;
  readonly people: readonly [Person, Person];
}

/**
 * Open: so many messages a second come due, whatever becomes of them, and their time counts from the moment they were due.
 * Closed: so many messages are under way at any time.
 */
export type Load =
  | { readonly kind: "open"; readonly rate: number }
  | { readonly kind: "closed"; readonly inFlight: number };

export interface Job {
  readonly load: Load;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface JobResult {
  /** Sent in the measured time, and what became of them. */
  readonly sent: number;
  readonly acked: number;
  readonly refused: number;
  readonly unanswered: number;
  /** Acknowledged, but the other person did not hear of it. */
  readonly undelivered: number;
  /** Answers and deliveries that came twice, or that nobody had asked for. */
  readonly wrong: number;
  /** Acknowledgements that came in within the measured time, per second. */
  readonly ackedPerSecond: number;
  /** Send → acknowledgement, and send → event on the other person's connection. */
  readonly ack: Percentiles;
  readonly delivered: Percentiles;
}

export type ToClient =
  | { readonly type: "connect"; readonly url: string; readonly pairs: readonly Pair[] }
  | { readonly type: "run"; readonly job: Job };

export type FromClient =
  | { readonly type: "connected" }
  /** The measured time begins, ends. */
  | { readonly type: "measuring" }
  | { readonly type: "measured"; readonly acked: number }
  | { readonly type: "result"; readonly result: JobResult };
