import type { ServerAddress } from "./context.ts";

/**
 * The settings that PostgreSQL is started with, as `name=value`. Meant for one small machine that it shares with Parley.
 * What is acknowledged is flushed: `fsync` and `synchronous_commit` are on and stay on.
 */
export function serverSettings(at: ServerAddress): string[] {
  return [
    ...(process.platform === "win32" ? tcpSettings() : socketSettings(at.host)),
    `port=${at.port}`,
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    "max_connections=60",
    "shared_buffers=192MB",
    "effective_cache_size=1GB",
    "random_page_cost=1.1",
    "max_wal_size=2GB",
    "checkpoint_timeout=10min",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "lc_messages=C",
    "password_encryption=scram-sha-256",
    // The log must never hold what people write: no rows in details, no failing statements.
    "log_min_messages=warning",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "logging_collector=off",
  ];
}

function socketSettings(folder: string): string[] {
  return [
    "listen_addresses=",
    `unix_socket_directories="${folder.replaceAll('"', '""')}"`,
    "unix_socket_permissions=0700",
  ];
}

function tcpSettings(): string[] {
  return ["listen_addresses=127.0.0.1", "unix_socket_directories="];
}
