import pg from "pg";
import { connectionUrl } from "./connection-url.ts";
import type { EmbeddedContext, ServerAddress } from "./context.ts";
import { SUPERUSER } from "./create-cluster.ts";

/** Runs `use` on one connection of the superuser, and closes it. Rejects with the connection's error. */
export async function withAdmin<T>(
  context: EmbeddedContext,
  at: ServerAddress,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: connectionUrl(at, SUPERUSER, context.secret.admin, "postgres"),
    connectionTimeoutMillis: 5000,
  });
  // A server that dies under an idle connection is told by the next statement, not by a crash of ours.
  client.on("error", () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}
