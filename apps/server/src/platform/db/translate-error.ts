import { AppError } from "../app-error.ts";

/** SQLSTATEs and system codes that say: not now, but the same call may succeed later. */
const BUSY = new Set(["57014", "55P03", "53300", "53400"]);
const UNREACHABLE = new Set([
  "57P01",
  "57P02",
  "57P03",
  "58P01",
  "40001",
  "40P01",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "ETIMEDOUT",
]);
/** How pg says it without a code. */
const UNREACHABLE_TEXT =
  /connection terminated|timeout exceeded when trying to connect|connection error|not queryable/i;

/** Makes a refusal that the caller can act on out of a database error that is about the moment; others stay as they are. */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : "";
  if (BUSY.has(code)) return new AppError("overloaded", { retryAfterMs: 1_000, cause: error });
  if (UNREACHABLE.has(code) || code.startsWith("08") || UNREACHABLE_TEXT.test(error.message)) {
    return new AppError("unavailable", { retryAfterMs: 1_000, cause: error });
  }
  return error;
}
