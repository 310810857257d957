import type { Database, Transaction } from "../db/database.ts";
import type { Statement } from "../db/statement.ts";
import type { Tracing } from "./tracing.ts";

/** A span for each statement, by its name and never with its values. Batches of messages have spans of their own, see `traceAppends`. */
export function traceDatabase(tracing: Tracing, db: Database): Database {
  const run = <Result>({ name }: Pick<Statement<unknown>, "name">, work: () => Promise<Result>): Promise<Result> =>
    tracing.isRecording
      ? tracing.span(`db ${name}`, { facts: { "db.system.name": "postgresql", "db.operation.name": name } }, work)
      : work();
  const within = (tx: Transaction): Transaction => ({
    query: (statement, values) => run(statement, () => tx.query(statement, values)),
  });
  return {
    ...db,
    readAs: (userId, statement, values) => run(statement, () => db.readAs(userId, statement, values)),
    query: (statement, values) => run(statement, () => db.query(statement, values)),
    transaction: (work) => run({ name: "transaction" }, () => db.transaction((tx) => work(within(tx)))),
  };
}
