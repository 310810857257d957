import pg from "pg";
import type { Database } from "../../apps/server/src/platform/db/database.ts";
import type { Statement } from "../../apps/server/src/platform/db/statement.ts";
import type { ReadCall } from "./read-calls.ts";

/** One node of a plan, as EXPLAIN writes it. */
export interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Join Filter"?: number;
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  readonly Plans?: readonly PlanNode[];
}

/** How one statement of a call ran. */
export interface Explained {
  readonly statement: string;
  /** In PostgreSQL: getting the plan and running it, in milliseconds. */
  readonly ms: number;
  /** Pages of 8 KiB that were looked at. */
  readonly buffers: number;
  readonly nodes: readonly PlanNode[];
}

/**
 * Runs a call, and each statement that it ran once more under EXPLAIN: on the server's own connections, so with its
 * roles, its policies and its settings, and prepared as the server prepares it.
 */
export async function explainCall(db: Database, { run }: ReadCall): Promise<Explained[]> {
  const recorded: { userId: string; statement: Statement<unknown>; values: readonly unknown[] }[] = [];
  await run({
    ...db,
    readAs: (userId, statement, values) => {
      recorded.push({ userId, statement, values });
      return db.readAs(userId, statement, values);
    },
  });
  const explained: Explained[] = [];
  for (const { userId, statement, values } of recorded) {
    explained.push(await explain(db, userId, statement, values));
  }
  return explained;
}

let explanations = 0;

async function explain(
  db: Database,
  userId: string,
  { name }: Statement<unknown>,
  values: readonly unknown[],
): Promise<Explained> {
  // A pool lends the connection that came back last: the one on which the statement was prepared under its name.
  const text = `EXPLAIN (ANALYZE, TIMING OFF, BUFFERS, FORMAT JSON) EXECUTE "${name}"(${values.map(literal).join(", ")})`;
  type Row = { "QUERY PLAN": readonly { Plan: PlanNode; "Planning Time": number; "Execution Time": number }[] };
  const [row] = await db.readAs<Row>(userId, { name: `explain_${(explanations += 1)}`, text }, []);
  const [result] = row?.["QUERY PLAN"] ?? [];
  if (result === undefined) throw new Error(`${name} was not explained.`);
  const { Plan: plan } = result;
  return {
    statement: name,
    ms: result["Planning Time"] + result["Execution Time"],
    buffers: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
    nodes: flatten(plan),
  };
}

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.join(",")}}`);
  return pg.escapeLiteral(`${value as string | number}`);
}
