import type pg from "pg";
import { ActorQuery, SET_ACTOR } from "./actor-query.ts";
import { RolePool } from "./create-pool.ts";
import type { Database, PoolState, Transaction } from "./database.ts";
import { HistoryId } from "./history-id.ts";
import { ReplicaReads, type ReplicaSettings } from "./replica-reads.ts";
import type { Statement } from "./statement.ts";

interface DatabaseSettings {
  /** Of a role that may act as parley_reader and parley_writer: the owner of the schema. */
  url: string;
  /** How many processes of this machine share its PostgreSQL: each has its share of the connections. */
  processes?: number;
  /** Left out: the primary answers every read. */
  replicas?: ReplicaSettings;
  /** Told how long somebody waited for a connection of that pool, in seconds. */
  onLent?: (pool: PoolState["pool"], waitedSeconds: number) => void;
  /** Told when an idle connection breaks. */
  onError: (error: Error) => void;
}

/** How many batches of messages are in flight at once. */
export const APPEND_LANES = 2;

const PING: Statement<object> = { name: "ping", text: "SELECT" };

/** Opens the pools of the two roles; nothing connects before it is needed. */
export function createDatabase({
  url,
  processes = 1,
  replicas,
  onLent = () => {},
  onError,
}: DatabaseSettings): Database {
  const connections = connectionsFor(processes);
  const { reader, writer, appender } = openPools({ url, connections, onLent, onError });
  const readOnPrimary: Database["readAs"] = (userId, statement, values) =>
    reader.withClient((client) => runAs(client, userId, statement, values));
  const shared = replicas && new ReplicaReads({ ...replicas, primaryUrl: url, connections, readOnPrimary, onError });
  const history = new HistoryId((statement) => writer.withClient((client) => run(client, statement, [])));
  return {
    readAs: shared ? (userId, statement, values) => shared.readAs(userId, statement, values) : readOnPrimary,
    history: () => history.get(),
    replicas: () => shared?.states() ?? [],
    query: (statement, values) => writer.withClient((client) => run(client, statement, values)),
    append: (statement, values) => appender.withClient((client) => run(client, statement, values)),
    transaction: (work) => writer.withClient((client) => runTransaction(client, work)),
    pools: () => [
      { pool: "reader", ...reader.state },
      { pool: "writer", ...writer.state },
      { pool: "appender", ...appender.state },
    ],
    ping: async () => {
      await writer.withClient((client) => run(client, PING, []));
    },
    close: async () => {
      await Promise.all([reader.close(), writer.close(), appender.close(), shared?.close()]);
    },
  };
}

type PoolSettings = Pick<Required<DatabaseSettings>, "url" | "onLent" | "onError">;

function openPools({ url, connections, onLent, onError }: PoolSettings & { connections: number }) {
  const reader = new RolePool({
    url,
    role: "parley_reader",
    connections,
    waiting: 2_000,
    // Planning a list costs as much as running it, and statements are written so that no numbers of rows mislead them.
    settings: { plan_cache_mode: "force_generic_plan" },
    onLent: (seconds) => onLent("reader", seconds),
    onConnect: (client) => client.query({ ...SET_ACTOR, values: [""] }),
    onError,
  });
  const writer = new RolePool({
    url,
    role: "parley_writer",
    connections,
    waiting: 2_000,
    onLent: (seconds) => onLent("writer", seconds),
    onError,
  });
  return { reader, writer, appender: openAppender({ url, onLent, onError }) };
}

function openAppender({ url, onLent, onError }: PoolSettings): RolePool {
  return new RolePool({
    url,
    role: "parley_writer",
    connections: APPEND_LANES,
    waiting: 100,
    // The batch only looks up keys. Statistics of young or fast growing tables must not talk the planner into scans.
    settings: {
      enable_seqscan: "off",
      enable_hashjoin: "off",
      enable_mergejoin: "off",
      plan_cache_mode: "force_generic_plan",
    },
    onLent: (seconds) => onLent("appender", seconds),
    onError,
  });
}

/** Of each role and process. Two to eight processes come to 36 to 48 connections with those of their lanes, one to 18. */
const connectionsFor = (processes: number): number => Math.max(2, Math.min(8, Math.floor(22 / processes)));

async function run<Row>(client: pg.PoolClient, statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
  const { name, text } = statement;
  const result = await client.query<Row & pg.QueryResultRow>({ name, text, values: [...values] });
  return result.rows;
}

function runAs<Row>(
  client: pg.PoolClient,
  userId: string,
  { name, text }: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const prelude = { name: SET_ACTOR.name, values: [userId] };
    const query = new ActorQuery(prelude, { name, text, values: [...values] }, (error, result) => {
      if (error) reject(error);
      else resolve(result.rows as Row[]);
    });
    client.query(query);
  });
}

async function runTransaction<Result>(
  client: pg.PoolClient,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  await client.query("BEGIN");
  try {
    const result = await work({ query: (statement, values) => run(client, statement, values) });
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}
