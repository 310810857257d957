import pg from "pg";
import { type DestinationStream, pino, type Logger as PinoLogger, type LoggerOptions as LoggerSettings } from "pino";
import type { ErrorHook } from "./define-config.ts";

/** Structured log. Never give it contents of messages, tokens or keys. */
export type Logger = PinoLogger;

const { DatabaseError } = pg;
const SECRET_KEYS = ["authorization", "cookie", "token", "secret", "secretKey", "jwtSecret", "password", "content"];

interface LoggerOptions {
  /** Standard output, when left out. */
  readonly destination?: DestinationStream;
  /** Told of everything that is logged as an error. */
  readonly onError?: ErrorHook | undefined;
  /** Stand in each line: which trace it belongs to. */
  readonly traceFields?: (() => object) | undefined;
}

/**
 * The process's log, one JSON object a line. Errors are written without what they may quote of the data; keys that hold
 * secrets or contents are blanked, should they ever get there.
 */
export function createLogger(level: string, { destination, onError, traceFields }: LoggerOptions = {}): Logger {
  const options: LoggerSettings = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
    serializers: { err: describeError },
    ...(traceFields && { mixin: traceFields }),
    ...(onError && { hooks: { logMethod: reportingTo(onError) } }),
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Pino's number for it. */
const ERROR_LEVEL = 50;

type LogMethod = NonNullable<NonNullable<LoggerSettings["hooks"]>["logMethod"]>;

/** Writes the line, then tells the hook; whatever becomes of that disturbs nobody. */
const reportingTo = (onError: ErrorHook): LogMethod =>
  function (args, method, level) {
    method.apply(this, args);
    if (level < ERROR_LEVEL) return;
    const [context, message] = args as unknown as [unknown, string | undefined];
    const { err, ...facts } = typeof context === "object" && context !== null ? (context as { err?: unknown }) : {};
    const report = { message: message ?? String(context), error: describeError(err), facts };
    Promise.resolve(report)
      .then(onError)
      .catch(() => {});
  };

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
