import type pg from "pg";
import { AppError } from "../app-error.ts";
import { ActorQuery, SET_ACTOR_WHEN_REPLAYED } from "./actor-query.ts";
import { LentTooLong, RolePool } from "./create-pool.ts";
import type { Position } from "./primary-position.ts";
import type { Statement } from "./statement.ts";

/** What is known of one replica. */
export interface ReplicaState {
  /** Where it is, without user and password. */
  readonly place: string;
  /** False: the primary answers in its stead. */
  readonly inUse: boolean;
  /** By how much of the log it was behind the primary when it was last looked at, in bytes; null: it did not answer. */
  readonly behindBytes: number | null;
}

interface ReplicaSettings {
  readonly url: string;
  readonly connections: number;
  readonly onError: (error: Error) => void;
  readonly onChange: (state: ReplicaState, why: string) => void;
}

/** Opening a connection, and the prelude with its 50 ms of waiting for the log, may take so long. */
const PRELUDE_WITHIN_MS = 500;
/** The rest of a read: after that the primary is asked as well. */
const READ_WITHIN_MS = 5_000;
/** One that was left aside is taken back when it was found well so often in a row. */
const GOOD_LOOKS = 2;

interface Look {
  timeline: string;
  behind: number;
}

/** $1 the primary's position. A replica that follows a new primary knows the timeline from its next restart point on. */
const LOOK: Statement<Look> = {
  name: "look_at_replica",
  text: `SELECT lpad(upper(to_hex(greatest(c.timeline_id, r.min_recovery_end_timeline))), 8, '0') AS timeline,
       greatest(0, pg_wal_lsn_diff($1::pg_lsn, pg_last_wal_replay_lsn()))::bigint AS behind
     FROM pg_control_checkpoint() c, pg_control_recovery() r`,
};

/** One replica: read on it only what it surely knows already, and leave it aside while it is not well. */
export class Replica {
  readonly place: string;
  readonly #pool: RolePool;
  readonly #onChange: ReplicaSettings["onChange"];
  #timeline = "";
  #behindBytes: number | null = null;
  /** So many good looks are still to come before it is used. */
  #looksMissing = 1;
  #running = 0;

  constructor({ url, connections, onError, onChange }: ReplicaSettings) {
    this.place = placeOf(url);
    this.#onChange = onChange;
    this.#pool = new RolePool({
      url,
      role: "parley_reader",
      connections,
      waiting: 50,
      connectWithinMs: PRELUDE_WITHIN_MS,
      settings: {
        plan_cache_mode: "force_generic_plan",
        // The statement must see more than its prelude did.
        default_transaction_isolation: String.raw`read\ committed`,
      },
      onConnect: (client) => client.query({ ...SET_ACTOR_WHEN_REPLAYED, values: ["", "0/0"] }),
      onError,
    });
  }

  get state(): ReplicaState {
    return { place: this.place, inUse: this.#looksMissing === 0, behindBytes: this.#behindBytes };
  }

  /** Reads under way. */
  get running(): number {
    return this.#running;
  }

  /** Resolves to the rows, or to null when another one has to answer: it is behind that position, or it failed. */
  async readAs<Row>(
    position: Position,
    userId: string,
    statement: Statement<Row>,
    values: readonly unknown[],
  ): Promise<Row[] | null> {
    if (position.timeline !== this.#timeline) return null;
    this.#running += 1;
    try {
      const rows = await this.#read(position, userId, statement, values);
      if (rows === null) this.#leave("it is behind the primary");
      return rows;
    } catch (error) {
      if (isUnwell(error)) this.#leave(`it does not answer: ${(error as Error).message}`);
      return null;
    } finally {
      this.#running -= 1;
    }
  }

  /** Looks whether it is well: a replica on the primary's timeline that reaches the position within the usual wait. */
  async look(position: Position): Promise<void> {
    try {
      // At the beginning of the log everybody has arrived.
      const [found] = (await this.#read<Look>({ ...position, lsn: "0/0" }, "", LOOK, [position.lsn])) ?? [];
      this.#timeline = found?.timeline ?? "";
      this.#behindBytes = found?.behind ?? null;
      if (found === undefined) return this.#leave("it is no replica (any more)");
      if (this.#timeline !== position.timeline) return this.#leave("it is on another timeline than the primary");
      const rows = await this.#read(position, "", ONE_ROW, []);
      if (rows === null) return this.#leave("it is behind the primary");
      this.#findWell();
    } catch (error) {
      this.#behindBytes = null;
      this.#leave(`it does not answer: ${(error as Error).message}`);
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** @returns null when it has not replayed the position */
  async #read<Row>(
    { lsn }: Position,
    userId: string,
    { name, text }: Statement<Row>,
    values: readonly unknown[],
  ): Promise<Row[] | null> {
    return this.#pool.withClient((client) =>
      sendGated<Row>(client, [userId, lsn], { name, text, values: [...values] }),
    );
  }

  #findWell(): void {
    if (this.#looksMissing === 0) return;
    this.#looksMissing -= 1;
    if (this.#looksMissing === 0) this.#onChange(this.state, "it keeps up with the primary");
  }

  #leave(why: string): void {
    const wasInUse = this.#looksMissing === 0;
    this.#looksMissing = GOOD_LOOKS;
    if (wasInUse) this.#onChange(this.state, why);
  }
}

const ONE_ROW: Statement<object> = { name: "look_for_replay", text: "SELECT" };

/** Resolves to null when the prelude gave no row; the connection is free again then, too. */
function sendGated<Row>(
  client: pg.PoolClient,
  prelude: readonly string[],
  config: pg.QueryConfig,
): Promise<Row[] | null> {
  return new Promise((resolve, reject) => {
    const expectWithin = (ms: number) => setTimeout(() => reject(new LentTooLong(`No answer within ${ms} ms.`)), ms);
    let timer = expectWithin(PRELUDE_WITHIN_MS);
    let hasReplayed = false;
    const query = new ActorQuery(
      { name: SET_ACTOR_WHEN_REPLAYED.name, values: prelude },
      config,
      (error, result) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve(hasReplayed ? (result.rows as Row[]) : null);
      },
      (hasPassed) => {
        clearTimeout(timer);
        timer = expectWithin(READ_WITHIN_MS);
        hasReplayed = hasPassed;
      },
    );
    client.query(query);
  });
}

/** A read that collides with what is replayed (40001), or takes too long there, says nothing of the replica. */
function isUnwell(error: unknown): boolean {
  if (error instanceof LentTooLong) return true;
  if (!(error instanceof AppError) || error.code !== "unavailable") return false;
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return code !== "40001" && code !== "40P01";
}

function placeOf(url: string): string {
  const { hostname, port, searchParams } = new URL(url);
  return `${decodeURIComponent(hostname) || (searchParams.get("host") ?? "localhost")}:${port || 5432}`;
}
