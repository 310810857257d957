import type { Logger as PinoLogger } from "pino";

/** Structured log. Never give it contents of messages, tokens or keys. */
export type Logger = PinoLogger;
