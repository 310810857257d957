import { conversationTypePolicy } from "@parley/protocol";
import { z } from "zod";
import { tracingFile } from "./tracing/read-tracing-settings.ts";

/** An error that the server logged. It holds no contents of messages and no tokens. */
export interface ErrorReport {
  readonly message: string;
  /** type, message, code, stack and cause of what was thrown; errors of PostgreSQL without the values that they quote. */
  readonly error: unknown;
  /** What the line of the log names besides, e.g. the command. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Takes errors to where the host gathers them. What it throws, or rejects with, is dropped. */
export type ErrorHook = (report: ErrorReport) => unknown;

/** What a configuration file may say. Checked when the server starts. */
export const configFile = z.strictObject({
  /** Merged over the built-in types: a built-in type takes what is said here, a new one takes the rest from `group`. */
  conversationTypes: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/), conversationTypePolicy.partial())
    .optional(),
  /** Called for each error that the server logs; only in a `.ts` or `.js` file. */
  onError: z.custom<ErrorHook>((value) => typeof value === "function", "must be a function").optional(),
  /** Where traces go, and how many of them; variables of OpenTelemetry (OTEL_…) go before it. */
  tracing: tracingFile.optional(),
});
export type ConfigFile = z.input<typeof configFile>;

/** Types a configuration file: `export default defineConfig({ conversationTypes: { … } })`. */
export const defineConfig = (config: ConfigFile): ConfigFile => config;
