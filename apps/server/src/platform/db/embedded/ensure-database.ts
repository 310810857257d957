import pg from "pg";
import { withAdmin } from "./connect-admin.ts";
import type { EmbeddedContext, ServerAddress } from "./context.ts";

/** The role and the database that Parley works with. */
export const PARLEY = "parley";

/**
 * Makes the role and its database if they are missing. The role owns the database and may make further roles (the migrations
 * need `parley_reader` and `parley_writer`), and is no superuser.
 */
export async function ensureDatabase(context: EmbeddedContext, at: ServerAddress): Promise<void> {
  await withAdmin(context, at, async (client) => {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role, EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database",
      [PARLEY],
    );
    if (!rows[0]?.role) {
      const password = pg.escapeLiteral(context.secret.parley);
      await client.query(`CREATE ROLE ${PARLEY} LOGIN CREATEROLE NOSUPERUSER PASSWORD ${password}`);
    }
    if (!rows[0]?.database) await client.query(`CREATE DATABASE ${PARLEY} OWNER ${PARLEY}`);
  });
}
