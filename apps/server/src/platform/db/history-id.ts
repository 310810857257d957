import { createHash } from "node:crypto";
import type { Statement } from "./statement.ts";

/** How old an answer may be. */
const FRESH_MS = 2_000;

interface Origin {
  database: number;
  cluster: string;
  timeline: string;
}

/** PostgreSQL begins a new timeline when it is restored to a point in time, and when a replica becomes the primary. */
const ORIGIN: Statement<Origin> = {
  name: "history_origin",
  text: `SELECT d.oid::int8 AS database, s.system_identifier::text AS cluster,
       left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline
     FROM pg_database d, pg_control_system() s WHERE d.datname = current_database()`,
};

/** Where a hosted PostgreSQL does not tell the rest. */
const DATABASE_ALONE: Statement<Origin> = {
  name: "history_origin_of_database",
  text: `SELECT oid::int8 AS database, '' AS cluster, '' AS timeline FROM pg_database WHERE datname = current_database()`,
};

type Read = (statement: Statement<Origin>) => Promise<Origin[]>;

/**
 * Names the history that the database tells: another name after it was restored from a backup, or after a failover. What was
 * acknowledged before may be gone then, and versions may have been given a second time.
 */
export class HistoryId {
  readonly #read: Read;
  #known: { readonly id: Promise<string>; readonly until: number } | null = null;

  constructor(read: Read) {
    this.#read = read;
  }

  /** At most two seconds old. @throws what the database's `query` throws */
  get(now = performance.now()): Promise<string> {
    if (this.#known !== null && now < this.#known.until) return this.#known.id;
    const id = this.#ask();
    this.#known = { id, until: now + FRESH_MS };
    id.catch(() => {
      this.#known = null;
    });
    return id;
  }

  async #ask(): Promise<string> {
    const [origin] = await this.#read(ORIGIN).catch((error: unknown) => {
      // Not permitted, not supported, not there.
      if (["42501", "0A000", "42883"].includes((error as { code: string }).code)) return this.#read(DATABASE_ALONE);
      throw error;
    });
    return createHash("sha256").update(JSON.stringify(origin)).digest("hex").slice(0, 16);
  }
}
