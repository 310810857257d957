import type { HistoryWriter } from "./history-file.ts";

/** Bodies begin with what tells them apart. */
const KEPT = 80;

/** A writer for a history of large messages: of texts it keeps the beginning. */
export function shortenBodies(history: HistoryWriter): HistoryWriter {
  const shorten = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value), (_, part: unknown) =>
      typeof part === "string" && part.length > KEPT ? part.slice(0, KEPT) : part,
    );
  return {
    ...history,
    write: (record) => history.write(shorten(record)),
    invoke: (invocation) => {
      const pending = history.invoke(shorten(invocation));
      return { ...pending, ok: (answer) => pending.ok(shorten(answer)) };
    },
  };
}
