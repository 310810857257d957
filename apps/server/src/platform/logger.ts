import pg from "pg";
import { type DestinationStream, pino, type Logger as PinoLogger } from "pino";

/** Structured log. Never give it contents of messages, tokens or keys. */
export type Logger = PinoLogger;

const { DatabaseError } = pg;
const SECRET_KEYS = ["authorization", "cookie", "token", "secret", "secretKey", "jwtSecret", "password", "content"];

/**
 * The process's log, one JSON object a line. Errors are written without what they may quote of the data; keys that hold
 * secrets or contents are blanked, should they ever get there.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** PostgreSQL quotes values in `message` and `detail` ("invalid input syntax …: <what was sent>"): only the facts remain. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, cause } = error as NodeJS.ErrnoException;
  const type = error.constructor.name;
  const facts = { type, ...(code !== undefined && { code }) };
  const why = cause === undefined ? {} : { cause: describeError(cause) };
  if (!(error instanceof DatabaseError)) return { ...facts, message: error.message, stack: error.stack, ...why };
  const { constraint, table, routine } = error;
  return { ...facts, constraint, table, routine, stack: framesOf(error), ...why };
}

const framesOf = (error: Error): string =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
