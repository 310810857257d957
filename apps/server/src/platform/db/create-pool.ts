import pg from "pg";
import { AppError } from "../app-error.ts";
import { columnTypes } from "./column-types.ts";
import { translateDatabaseError } from "./translate-error.ts";

interface PoolSettings {
  url: string;
  role: "parley_reader" | "parley_writer";
  connections: number;
  /** How many callers may wait for a connection before the next is refused. */
  waiting: number;
  /** How long a connection may take to open or to become free. */
  connectWithinMs?: number;
  /** Further settings of each connection. */
  settings?: Readonly<Record<string, string>>;
  /** Told how long each caller waited for its connection, in seconds. */
  onLent?: (waitedSeconds: number) => void;
  /** Prepares a new connection. */
  onConnect?: (client: pg.ClientBase) => Promise<unknown>;
  onError: (error: Error) => void;
}

/** What every connection of the server starts with; acknowledged means flushed, whatever the cluster's default is. */
const COMMON_SETTINGS = {
  search_path: "parley",
  TimeZone: "UTC",
  DateStyle: "ISO",
  synchronous_commit: "on",
  statement_timeout: "15s",
  lock_timeout: "5s",
  idle_in_transaction_session_timeout: "15s",
  jit: "off",
};

/** Thrown by who was lent a connection and has waited long enough: it may be answered yet, so it is closed. */
export class LentTooLong extends Error {}

/** A bounded pool whose connections work under one role from their first statement on. */
export class RolePool {
  readonly #pool: pg.Pool;
  readonly #waiting: number;
  readonly #onLent: (waitedSeconds: number) => void;

  constructor({
    url,
    role,
    connections,
    waiting,
    connectWithinMs = 5_000,
    settings,
    onLent = () => {},
    onConnect,
    onError,
  }: PoolSettings) {
    this.#waiting = waiting;
    this.#onLent = onLent;
    const options = Object.entries({ role, ...COMMON_SETTINGS, ...settings });
    this.#pool = new pg.Pool({
      connectionString: url,
      max: connections,
      options: options.map(([name, value]) => `-c ${name}=${value}`).join(" "),
      types: columnTypes,
      connectionTimeoutMillis: connectWithinMs,
      idleTimeoutMillis: 60_000,
      ...(onConnect && { onConnect }),
    });
    // An idle connection that breaks is replaced by the pool; the error only needs to be known.
    this.#pool.on("error", onError);
  }

  /**
   * Lends a connection for as long as `use` runs.
   * @throws AppError `overloaded` when too many callers wait already, `unavailable` when the server cannot be reached
   */
  async withClient<Result>(use: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    try {
      return await this.#lend(use);
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }

  async #lend<Result>(use: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    if (this.#pool.waitingCount >= this.#waiting) throw new AppError("overloaded", { retryAfterMs: 500 });
    const asked = performance.now();
    const client = await this.#pool.connect();
    this.#onLent((performance.now() - asked) / 1_000);
    let broken: Error | undefined;
    const remember = (error: Error): void => {
      broken = error;
    };
    client.on("error", remember);
    try {
      return await use(client);
    } catch (error) {
      if (error instanceof LentTooLong) broken = error;
      throw error;
    } finally {
      client.off("error", remember);
      client.release(broken);
    }
  }

  /** Connections that are lent, those that are free, and callers who wait for one. */
  get state(): { readonly busy: number; readonly idle: number; readonly waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
