import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { AuthConfig, Config } from "./config.ts";
import { mergeConversationTypes } from "./conversation-types.ts";
import type { ConfigFile } from "./define-config.ts";
import { type DemoSecrets, keepDemoSecrets } from "./demo-secrets.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { loadConfigFile } from "./load-config-file.ts";
import { readTracingSettings } from "./tracing/read-tracing-settings.ts";

const PRESETS = fileURLToPath(new URL("../../presets/", import.meta.url));

/**
 * The one checked configuration. In demo mode it makes the secrets in DATA_DIR when they are not there yet.
 * @throws Error with a sentence that names the variable that is wrong or missing
 */
export async function loadConfig(env: NodeJS.ProcessEnv): Promise<Config> {
  const read = readEnvironment(env);
  const demo = read.PARLEY_JWT_SECRET === undefined && read.PARLEY_JWKS_URL === undefined;
  requireSecrets(read, demo);
  requirePrimary(read);
  const files = await loadFiles(read);
  const dataDir = resolve(read.DATA_DIR);
  return {
    port: read.PORT,
    // The demo lets everybody in: it stays on this machine unless told otherwise.
    host: read.HOST ?? (demo ? "127.0.0.1" : "0.0.0.0"),
    publicUrl: (read.PUBLIC_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, ""),
    dataDir,
    databaseUrl: read.DATABASE_URL ?? null,
    migrationDatabaseUrl: read.MIGRATION_DATABASE_URL ?? null,
    replicaUrls: read.DATABASE_REPLICA_URL,
    redisUrl: read.REDIS_URL ?? null,
    workers: read.WORKERS,
    demo,
    auth: authConfig(read, demo ? keepDemoSecrets(dataDir) : null),
    allowedOrigins: read.ALLOWED_ORIGINS,
    logLevel: read.LOG_LEVEL,
    conversationTypes: mergeConversationTypes(files),
    onError: lastSaid(files, "onError"),
    tracing: readTracingSettings(read, lastSaid(files, "tracing")),
  };
}

const lastSaid = <Key extends keyof ConfigFile>(files: readonly ConfigFile[], key: Key): ConfigFile[Key] =>
  files.findLast((file) => file[key] !== undefined)?.[key];

function requireSecrets(read: Environment, demo: boolean): void {
  if (demo && read.NODE_ENV === "production") {
    throw new Error(
      "PARLEY_JWT_SECRET or PARLEY_JWKS_URL is needed: without them the server would run in demo mode, where everybody signs in as anybody, and NODE_ENV is production.",
    );
  }
  if (!demo && read.PARLEY_SECRET_KEY === undefined) {
    throw new Error("PARLEY_SECRET_KEY is needed: the key by which your own server opens conversations.");
  }
}

function requirePrimary(read: Environment): void {
  if (read.DATABASE_URL !== undefined) return;
  if (read.DATABASE_REPLICA_URL.length > 0) {
    throw new Error("DATABASE_REPLICA_URL needs DATABASE_URL: the embedded PostgreSQL has no replicas.");
  }
  if (read.MIGRATION_DATABASE_URL !== undefined) {
    throw new Error("MIGRATION_DATABASE_URL needs DATABASE_URL: it names another role of the same database.");
  }
}

async function loadFiles(read: Environment): Promise<ConfigFile[]> {
  const files: ConfigFile[] = [];
  if (read.PARLEY_PRESET !== undefined) files.push(await loadPreset(read.PARLEY_PRESET));
  if (read.PARLEY_CONFIG !== undefined) files.push(await loadConfigFile("PARLEY_CONFIG", read.PARLEY_CONFIG));
  return files;
}

function loadPreset(name: string): Promise<ConfigFile> {
  const path = resolve(PRESETS, `${name}.json`);
  if (!existsSync(path)) throw new Error(`PARLEY_PRESET: there is no preset "${name}".`);
  return loadConfigFile("PARLEY_PRESET", path);
}

function authConfig(read: Environment, made: DemoSecrets | null): AuthConfig {
  return {
    jwtSecret: read.PARLEY_JWT_SECRET ?? made?.jwtSecret ?? null,
    jwksUrl: read.PARLEY_JWKS_URL ?? null,
    audience: read.PARLEY_JWT_AUDIENCE ?? null,
    issuer: read.PARLEY_JWT_ISSUER ?? null,
    // Outside the demo it is there: requireSecrets has looked.
    secretKey: read.PARLEY_SECRET_KEY ?? made?.secretKey ?? "",
  };
}
