import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import type { Database } from "./database.ts";
import { PrimaryPosition } from "./primary-position.ts";
import { Replica, type ReplicaState } from "./replica.ts";
import { REPLICA_STATEMENTS } from "./replica-statements.ts";
import type { Statement } from "./statement.ts";

export interface ReplicaSettings {
  /** Of the same role as the primary's. */
  readonly urls: readonly string[];
  readonly clock: Clock;
  readonly logger: Pick<Logger, "info" | "warn">;
  readonly metrics: Pick<Metrics, "readAnswered" | "replicaSeen">;
}

interface Settings extends ReplicaSettings {
  readonly primaryUrl: string;
  /** To each replica. */
  readonly connections: number;
  readonly readOnPrimary: Database["readAs"];
  readonly onError: (error: Error) => void;
}

const LOOK_EVERY_MS = 1_000;

/**
 * Shares reads with replicas, and gives no older answer than the primary would: each read first asks the primary how far
 * its log is, and a replica answers only when it has replayed that; else the primary does. See docs/decisions/replicas.md.
 */
export class ReplicaReads {
  readonly #settings: Settings;
  readonly #primary: PrimaryPosition;
  readonly #replicas: readonly Replica[];
  readonly #stopLooking: () => void;
  #looking: Promise<void> | null = null;

  constructor(settings: Settings) {
    const { urls, primaryUrl, connections, clock, onError } = settings;
    const onChange = (state: ReplicaState, why: string): void => this.#tell(state, why);
    this.#settings = settings;
    this.#primary = new PrimaryPosition({ url: primaryUrl, onError });
    this.#replicas = urls.map((url) => new Replica({ url, connections, onError, onChange }));
    this.#stopLooking = clock.every(LOOK_EVERY_MS, () => this.#look());
    this.#look();
  }

  async readAs<Row>(userId: string, statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    const { readOnPrimary, metrics } = this.#settings;
    if (!REPLICA_STATEMENTS.has(statement.name)) return readOnPrimary(userId, statement, values);
    const rows = await this.#readOnReplica(userId, statement, values);
    if (rows !== null) return rows;
    metrics.readAnswered("primary");
    return readOnPrimary(userId, statement, values);
  }

  states(): readonly ReplicaState[] {
    return this.#replicas.map(({ state }) => state);
  }

  async close(): Promise<void> {
    this.#stopLooking();
    await this.#looking;
    await Promise.all([this.#primary.close(), ...this.#replicas.map((replica) => replica.close())]);
  }

  async #readOnReplica<Row>(
    userId: string,
    statement: Statement<Row>,
    values: readonly unknown[],
  ): Promise<Row[] | null> {
    const [replica] = this.#replicas
      .filter(({ state }) => state.inUse)
      .sort((one, other) => one.running - other.running);
    if (replica === undefined) return null;
    const position = await this.#primary.ask().catch(() => null);
    if (position === null) return null;
    const rows = await replica.readAs(position, userId, statement, values);
    if (rows !== null) this.#settings.metrics.readAnswered(String(this.#replicas.indexOf(replica) + 1));
    return rows;
  }

  #look(): void {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = null;
    });
  }

  async #lookAtAll(): Promise<void> {
    // A primary that does not answer says nothing of its replicas; no read goes to them meanwhile.
    const position = await this.#primary.ask().catch(() => null);
    if (position === null) return;
    await Promise.all(this.#replicas.map((replica) => replica.look(position)));
    this.#measure();
  }

  #tell(state: ReplicaState, why: string): void {
    const { logger } = this.#settings;
    if (state.inUse) logger.info({ replica: state }, `A replica answers reads: ${why}`);
    else logger.warn({ replica: state }, `A replica is left aside, the primary answers: ${why}`);
    this.#measure();
  }

  #measure(): void {
    for (const [index, { inUse, behindBytes }] of this.states().entries()) {
      this.#settings.metrics.replicaSeen(index + 1, inUse, behindBytes);
    }
  }
}
