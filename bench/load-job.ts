import type { Conversation } from "./drivers/driver.ts";
import type { DriverName } from "./drivers/drivers.ts";
import type { Percentiles } from "./histogram.ts";

/**
 * Open: so many messages a second come due, whatever becomes of them, and their time counts from the moment they were due.
 * Closed: so many messages are under way at any time.
 * Burst: so many messages leave in one turn; the next ones when everybody has them all.
 */
export type Load =
  | { readonly kind: "open"; readonly rate: number }
  | { readonly kind: "closed"; readonly inFlight: number }
  | { readonly kind: "burst"; readonly messages: number };

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
  /** Copies of acknowledged messages that others did not get. */
  readonly undelivered: number;
  /** Answers and deliveries that came twice, or that nobody had asked for. */
  readonly wrong: number;
  /** Acknowledgements, deliveries that came in within the measured time, per second. */
  readonly ackedPerSecond: number;
  readonly deliveredPerSecond: number;
  /** Send → acknowledgement, and send → event on the other people's connections. */
  readonly ack: Percentiles;
  readonly delivered: Percentiles;
}

/** What has come in since the load client began. */
export interface Counts {
  readonly acked: number;
  readonly delivered: number;
  readonly frames: number;
  readonly bytes: number;
}

export type ToClient =
  | {
      readonly type: "connect";
      readonly driver: DriverName;
      readonly url: string;
      readonly conversations: readonly Conversation[];
    }
  | { readonly type: "run"; readonly job: Job };

export type FromClient =
  | { readonly type: "connected" }
  /** The measured time begins, ends. */
  | { readonly type: "measuring"; readonly counts: Counts }
  | { readonly type: "measured"; readonly counts: Counts }
  | { readonly type: "result"; readonly result: JobResult };
