export { type App, createApp } from "./app.ts";
export type { Config } from "./platform/config.ts";
export { startEmbeddedPostgres } from "./platform/db/embedded/start-embedded-postgres.ts";
export { migrate } from "./platform/db/migrate.ts";
export { type ConfigFile, defineConfig, type ErrorHook, type ErrorReport } from "./platform/define-config.ts";
export { loadConfig } from "./platform/load-config.ts";
export { createLogger } from "./platform/logger.ts";
