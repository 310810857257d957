import type { ConversationTypePolicy } from "@parley/protocol";
import type { ErrorHook } from "./define-config.ts";
import type { TracingSettings } from "./tracing/tracing-settings.ts";

/** The checked configuration, made once from the environment and the configuration file. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where people reach this server, without a slash at the end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** null: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  /** The same database for the role that owns the schema; null: `databaseUrl` does. */
  readonly migrationDatabaseUrl: string | null;
  /** Streaming replicas of that PostgreSQL, which share its reads. */
  readonly replicaUrls: readonly string[];
  /** What the processes of one system share; null: this process is alone. */
  readonly redisUrl: string | null;
  /** Processes on this machine that share the port; 1: no other than this one. */
  readonly workers: number;
  /** Demo mode: secrets are made in `dataDir`, a story is seeded, people sign in by choosing a name. */
  readonly demo: boolean;
  readonly auth: AuthConfig;
  /** Origins besides our own that may use cookies and open sockets. */
  readonly allowedOrigins: readonly string[];
  readonly logLevel: string;
  readonly conversationTypes: ReadonlyMap<string, ConversationTypePolicy>;
  /** The host's own, from the configuration file. */
  readonly onError?: ErrorHook | undefined;
  /** Left out: nothing is traced. */
  readonly tracing?: TracingSettings | undefined;
}

export interface AuthConfig {
  /** HS256 secret; null when only a JWKS is used. */
  readonly jwtSecret: string | null;
  readonly jwksUrl: string | null;
  /** Checked when given. */
  readonly audience: string | null;
  readonly issuer: string | null;
  /** The host's server key. */
  readonly secretKey: string;
}
