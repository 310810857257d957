import type { Percentiles } from "../../histogram.ts";

/** Somebody of a crowd: the token, and the conversation and version that they hold. */
export interface Member {
  readonly token: string;
  readonly conversationId: string;
  readonly version: number;
}

/** What a crowd is told, and answers to each with the number of the question. */
export type ToCrowd =
  /** These come too; connects all who are not connected. */
  | { readonly type: "connect"; readonly port: number; readonly members: readonly Member[] }
  /** Cuts all connections at once. */
  | { readonly type: "cut" }
  /** All come back as the SDK does, and catch up to this version. */
  | { readonly type: "return"; readonly version: number }
  /** All of them join their conversation, type, stop typing, leave. */
  | { readonly type: "type" };

export interface Returned {
  /** From the call to having caught up, in milliseconds. */
  readonly caughtUp: Percentiles;
  /** From the call to the admission. */
  readonly connected: Percentiles;
  /** Tries for a socket that were refused or failed. */
  readonly refusedSockets: number;
  /** Sync calls that were refused. */
  readonly refusedSyncs: number;
  readonly syncs: number;
  /** Messages that came by syncs. */
  readonly messages: number;
}

export type FromCrowd = { readonly type: "done"; readonly open: number } | ({ readonly type: "returned" } & Returned);
