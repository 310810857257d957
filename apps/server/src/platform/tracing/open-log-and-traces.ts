import type { Config } from "../config.ts";
import { createLogger, type Logger } from "../logger.ts";
import { openTracing } from "./open-tracing.ts";
import type { Tracing } from "./tracing.ts";

interface LogAndTraces {
  readonly logger: Logger;
  /** undefined: nobody asked for traces. */
  readonly tracing: Tracing | undefined;
}

/** Each knows the other: the lines of the log say which trace they belong to, and a collector that is away is logged. */
export async function openLogAndTraces(
  config: Pick<Config, "logLevel" | "onError" | "tracing">,
): Promise<LogAndTraces> {
  const { logLevel, onError } = config;
  if (config.tracing === undefined) return { logger: createLogger(logLevel, { onError }), tracing: undefined };
  const tracing = await openTracing(config.tracing, {
    lost: (err) => logger.warn({ err }, "The collector does not take traces; they are lost until it does"),
    over: () => logger.info("The collector takes traces again"),
  });
  const logger = createLogger(logLevel, { onError, traceFields: () => tracing.logFields });
  return { logger, tracing };
}
