import type { BenchDatabase } from "../database.ts";
import type { System } from "../systems.ts";

/** What an acknowledgement of a system promises; stands beside its figures. */
export interface Semantics {
  /** Is a message on disk, flushed, when it is acknowledged? */
  readonly durable: string;
  /** One order for all readers of a conversation? */
  readonly ordered: string;
  /** Is it checked for every message whether the sender may write here? */
  readonly authorised: string;
  /** Can it be read again later, by page? */
  readonly archived: string;
}

/** Where a peer may put its files, and what it may use. */
export interface PeerContext {
  /** Of its own; removed at the end. */
  readonly folder: string;
  /** Debian's packages, unpacked below here; nothing is installed into the machine. */
  readonly root: string;
  readonly database: BenchDatabase;
}

/** A system that a team would pick instead. */
export interface Peer {
  readonly name: string;
  /** As it stands in the tables. */
  readonly label: string;
  readonly setup: string;
  readonly semantics: Semantics;
  /** Packages of Debian. */
  readonly debian: readonly string[];
  start(context: PeerContext): Promise<System>;
}
