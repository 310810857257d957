import { z } from "zod";
import { tracingVariables } from "./tracing/read-tracing-settings.ts";

const origin = z
  .string()
  .refine(
    (value) => URL.canParse(value) && new URL(value).origin === value && /^https?:/.test(value),
    'must be origins like "https://shop.example", with commas between them',
  );
const originList = z
  .string()
  .transform((list) =>
    list
      .split(",")
      .map((entry) => entry.trim().replace(/\/$/, ""))
      .filter((entry) => entry !== ""),
  )
  .pipe(z.array(origin));
const webAddress = (sentence: string) =>
  z.string().refine((value) => URL.canParse(value) && /^https?:/.test(value), sentence);
const secret = z.string().min(16, "must have at least 16 characters (better 32 or more, at random)");
const port = "must be a port, 0 to 65535";
/** More would need more connections to PostgreSQL than it usually takes. */
const MAX_WORKERS = 16;
const workers = `must be a number of processes, 1 to ${MAX_WORKERS}`;

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must begin with "postgres://" or "postgresql://"')
  // They would take the place of the settings that the server gives its connections: role, flushing, time limits.
  .refine((url) => !/[?&]options=/i.test(url), "must not carry options: the server sets its own");
/** A comma inside of an address, in a password say, is written %2C. */
const postgresUrls = z
  .string()
  .transform((list) => list.split(",").map((url) => url.trim()))
  .pipe(z.array(postgresUrl));

/** Every variable that the server reads. */
const variables = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: webAddress('must be an address like "https://chat.example"').optional(),
  DATABASE_URL: postgresUrl.optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  DATABASE_REPLICA_URL: postgresUrls.default([]),
  REDIS_URL: z
    .string()
    .refine(
      (value) => URL.canParse(value) && /^rediss?:\/\//.test(value),
      'must be an address like "redis://:password@redis.example:6379", or "rediss://…" for TLS',
    )
    .optional(),
  WORKERS: z.coerce.number(workers).int(workers).min(1, workers).max(MAX_WORKERS, workers).default(1),
  DATA_DIR: z.string().default("./data"),
  PARLEY_JWT_SECRET: secret.optional(),
  PARLEY_JWKS_URL: webAddress('must be an address like "https://shop.example/.well-known/jwks.json"').optional(),
  PARLEY_JWT_AUDIENCE: z.string().optional(),
  PARLEY_JWT_ISSUER: z.string().optional(),
  PARLEY_SECRET_KEY: secret.regex(/^[\x21-\x7e]*$/, "goes into a header: no spaces, only ASCII characters").optional(),
  ALLOWED_ORIGINS: originList.default([]),
  PARLEY_PRESET: z
    .string()
    .regex(/^[a-z0-9-]+$/, "must be the name of a file in the folder presets, without its ending")
    .optional(),
  PARLEY_CONFIG: z.string().optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be fatal, error, warn, info, debug, trace or silent",
    })
    .default("info"),
  ...tracingVariables,
});
export type Environment = z.output<typeof variables>;

/**
 * Checks the environment. An empty variable counts as not set.
 * @throws Error with a sentence that names the first variable that is wrong; never its value
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const result = variables.safeParse(present);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`${String(issue?.path[0])} ${issue?.message}.`);
}
