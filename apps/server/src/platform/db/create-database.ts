import type pg from "pg";
import { ActorQuery, SET_ACTOR } from "./actor-query.ts";
import { RolePool } from "./create-pool.ts";
import type { Database, Transaction } from "./database.ts";
import type { Statement } from "./statement.ts";

interface DatabaseSettings {
  /** Of a role that may act as parley_reader and parley_writer: the owner of the schema. */
  url: string;
  /** Told when an idle connection breaks. */
  onError: (error: Error) => void;
}

/** How many batches of messages are in flight at once. */
export const APPEND_LANES = 2;

const PING: Statement<object> = { name: "ping", text: "SELECT" };

/** Opens the pools of the two roles; nothing connects before it is needed. */
export function createDatabase({ url, onError }: DatabaseSettings): Database {
  const reader = new RolePool({
    url,
    role: "parley_reader",
    connections: 8,
    waiting: 2_000,
    onConnect: (client) => client.query({ ...SET_ACTOR, values: [""] }),
    onError,
  });
  const writer = new RolePool({ url, role: "parley_writer", connections: 8, waiting: 2_000, onError });
  const appender = new RolePool({
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
    onError,
  });
  return {
    readAs: (userId, statement, values) => reader.withClient((client) => runAs(client, userId, statement, values)),
    query: (statement, values) => writer.withClient((client) => run(client, statement, values)),
    append: (statement, values) => appender.withClient((client) => run(client, statement, values)),
    transaction: (work) => writer.withClient((client) => runTransaction(client, work)),
    ping: async () => {
      await writer.withClient((client) => run(client, PING, []));
    },
    close: async () => {
      await Promise.all([reader.close(), writer.close(), appender.close()]);
    },
  };
}

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
    const query = new ActorQuery(userId, { name, text, values: [...values] }, (error, result) => {
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
