import pg from "pg";

/** Prepared on each of the reader's connections. The setting ends with the transaction. */
export const SET_ACTOR = {
  name: "set_actor",
  text: "SELECT set_config('parley.actor', $1, true)",
} as const;

/**
 * The same on a replica, and only when it has replayed the primary's log up to $2: then it gives its one row, else none. It
 * waits up to 50 ms for that. A server that is no replica (any more) never gives a row. Without the actor the statement
 * behind it sees nothing.
 */
export const SET_ACTOR_WHEN_REPLAYED = {
  name: "set_actor_when_replayed",
  text: `SELECT set_config('parley.actor', $1, true)
     FROM generate_series(1, 25)
     WHERE pg_is_in_recovery()
       AND CASE WHEN pg_last_wal_replay_lsn() >= $2::pg_lsn THEN true ELSE pg_sleep(0.002) IS NULL END
     LIMIT 1`,
} as const;

/** One of the two, with its values. */
export interface Prelude {
  readonly name: typeof SET_ACTOR.name | typeof SET_ACTOR_WHEN_REPLAYED.name;
  readonly values: readonly string[];
}

/** The part of pg's connection that speaks the extended protocol. */
interface ProtocolConnection {
  bind(config: { portal: string; statement: string; values: readonly string[] }): void;
  execute(config: { portal: string; rows: number }): void;
}

/** pg's Query, as it is written; its published types name only the outside. */
interface QueryInternals {
  prepare(connection: ProtocolConnection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: ProtocolConnection): void;
}

type QueryCallback = (error: Error | null, result: pg.QueryResult) => void;
type QueryConstructor = new (config: pg.QueryConfig, callback: QueryCallback) => pg.Submittable & QueryInternals;
const BaseQuery = pg.Query as unknown as QueryConstructor;

/**
 * A statement with the actor set for its transaction, in one round trip: "set the actor" and the statement go out
 * before the same Sync, which makes them one implicit transaction. No BEGIN and COMMIT, and nothing stays set. Each of the
 * two sees what is committed when it begins (READ COMMITTED). The connection must have the prelude prepared.
 */
export class ActorQuery extends BaseQuery {
  readonly #prelude: Prelude;
  readonly #onPrelude: (hasPassed: boolean) => void;
  #preludeRows = 0;
  #preludeIsDone = false;

  /** @param onPrelude told whether the prelude gave its row, before any row of the statement */
  constructor(
    prelude: Prelude,
    config: pg.QueryConfig,
    callback: QueryCallback,
    onPrelude: (hasPassed: boolean) => void = () => {},
  ) {
    super(config, callback);
    this.#prelude = prelude;
    this.#onPrelude = onPrelude;
  }

  override prepare(connection: ProtocolConnection): void {
    const { name, values } = this.#prelude;
    connection.bind({ portal: "", statement: name, values });
    connection.execute({ portal: "", rows: 0 });
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#preludeIsDone) super.handleDataRow(message);
    else this.#preludeRows += 1;
  }

  override handleCommandComplete(message: unknown, connection: ProtocolConnection): void {
    if (this.#preludeIsDone) return super.handleCommandComplete(message, connection);
    this.#preludeIsDone = true;
    this.#onPrelude(this.#preludeRows === 1);
  }
}
