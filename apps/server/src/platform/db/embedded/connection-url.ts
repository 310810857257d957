import type { ServerAddress } from "./context.ts";

/**
 * A URL that `pg`, `psql` and `new URL` all read: a socket's folder stands percent-encoded in the host's place.
 * TLS is off: the connection never leaves the machine.
 */
export function connectionUrl(at: ServerAddress, user: string, password: string, database: string): string {
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgres://${credentials}@${encodeURIComponent(at.host)}:${at.port}/${encodeURIComponent(database)}?sslmode=disable`;
}
