/**
 * One SQL statement with the shape of its rows. Prepared once a connection under its name.
 * A bigint arrives as a number, a timestamptz as ISO 8601 in UTC with milliseconds.
 */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Only for the type. */
  readonly row?: Row;
}

/** Names a statement. The name is unique in the server and at most 63 bytes. */
export function statement<Row>(name: string, text: string): Statement<Row> {
  return { name, text };
}
