import type pg from "pg";
import { RolePool } from "./create-pool.ts";

/** A place in the primary's log: everything that was committed there before it was asked for lies before it. */
export interface Position {
  /** PostgreSQL's `pg_lsn` as text, e.g. `0/1A2B3C8`. */
  readonly lsn: string;
  /** Eight hexadecimal digits; another one after a failover. The same place on two timelines is not the same. */
  readonly timeline: string;
}

const ASK = {
  name: "primary_position",
  text: `SELECT lsn::text, left(pg_walfile_name(lsn), 8) AS timeline FROM pg_current_wal_flush_lsn() lsn`,
} as const;

interface PrimarySettings {
  readonly url: string;
  readonly onError: (error: Error) => void;
}

/** Asks the primary how far it is, on a connection of its own: no busy pool stands before it. */
export class PrimaryPosition {
  readonly #pool: RolePool;
  #running: Promise<Position> | null = null;
  #next: Promise<Position> | null = null;

  constructor(settings: PrimarySettings) {
    this.#pool = new RolePool({ ...settings, role: "parley_reader", connections: 1, waiting: 10 });
  }

  /**
   * A place that was asked for after this call. Calls while one question is under way share the next one.
   * @throws AppError `unavailable` and so on when the primary does not answer
   */
  ask(): Promise<Position> {
    if (this.#running === null) return this.#start();
    const running = this.#running;
    this.#next ??= running
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.#start();
      });
    return this.#next;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #start(): Promise<Position> {
    this.#running = this.#pool.withClient(askOnce).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }
}

async function askOnce(client: pg.PoolClient): Promise<Position> {
  const { rows } = await client.query<{ lsn: string; timeline: string }>(ASK);
  const [position] = rows;
  if (position === undefined) throw new Error("The primary gave no position.");
  return position;
}
