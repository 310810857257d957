import pg from "pg";

/** Prepared on each of the reader's connections. The setting ends with the transaction. */
export const SET_ACTOR = {
  name: "set_actor",
  text: "SELECT set_config('parley.actor', $1, true)",
} as const;

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
 * before the same Sync, which makes them one implicit transaction. No BEGIN and COMMIT, and nothing stays set.
 * The connection must have SET_ACTOR prepared.
 */
export class ActorQuery extends BaseQuery {
  readonly #userId: string;
  #actorIsSet = false;

  constructor(userId: string, config: pg.QueryConfig, callback: QueryCallback) {
    super(config, callback);
    this.#userId = userId;
  }

  override prepare(connection: ProtocolConnection): void {
    connection.bind({ portal: "", statement: SET_ACTOR.name, values: [this.#userId] });
    connection.execute({ portal: "", rows: 0 });
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#actorIsSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: ProtocolConnection): void {
    if (this.#actorIsSet) super.handleCommandComplete(message, connection);
    else this.#actorIsSet = true;
  }
}
