import type { Binaries } from "./prepare-binaries.ts";
import type { RunAs } from "./run-as.ts";
import type { Secret } from "./secret.ts";

/** What the supervisor writes its few lines to. A pino logger fits. */
export interface EmbeddedLogger {
  info(message: string): void;
  warn(message: string): void;
}

/** Everything that is settled before the server process is looked for or started. Paths are absolute. */
export interface EmbeddedContext {
  /** The folder that holds the cluster, the secret, the lock and the log. */
  readonly home: string;
  /** PostgreSQL's data folder (PGDATA), inside `home`. */
  readonly cluster: string;
  /** PostgreSQL's own log, kept short by `bound-log.ts`. */
  readonly logFile: string;
  readonly binaries: Binaries;
  /** The user that PostgreSQL runs as when we are root, else null. */
  readonly runAs: RunAs | null;
  readonly secret: Secret;
  readonly logger: EmbeddedLogger;
}

/** Where a running server listens: a Unix socket in `host`, or a port on 127.0.0.1 (Windows). */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** A running server, started by us or found running. */
export interface RunningServer extends ServerAddress {
  readonly pid: number;
  /** True when an earlier process had started it. */
  readonly adopted: boolean;
}
