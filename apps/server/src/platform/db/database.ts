import type { ReplicaState } from "./replica.ts";
import type { Statement } from "./statement.ts";

/** A transaction on one connection, under the writer's role. */
export interface Transaction {
  query<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]>;
}

/**
 * The database as use cases see it. Two roles, neither owns anything:
 * - `readAs` runs as the reader under row-level security: the policies admit only what that user takes part in.
 * - `query`, `transaction` and `append` run as the writer: the checked path of writes, the host, and jobs.
 *
 * Refusals are AppErrors: `overloaded` when all connections are busy for too long, `unavailable` when the server cannot be reached.
 */
export interface Database {
  readAs<Row>(userId: string, statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]>;
  query<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]>;
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** The write path's own connections, planned for index look-ups whatever the statistics say. */
  append<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]>;
  /** Resolves when the database answers; rejects otherwise. */
  ping(): Promise<void>;
  /** Names the history that the database tells; another one after a restore or a failover. At most two seconds old. */
  history(): Promise<string>;
  /** What is known of the replicas that answer some of the reads, in the order of DATABASE_REPLICA_URL. */
  replicas(): readonly ReplicaState[];
  /** What its pools of connections are doing. */
  pools(): readonly PoolState[];
  close(): Promise<void>;
}

/** One pool: connections that are lent, those that are free, and callers who wait for one. */
export interface PoolState {
  readonly pool: "reader" | "writer" | "appender";
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}
