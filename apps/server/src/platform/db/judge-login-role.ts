import pg from "pg";

interface Judgement {
  /** A sentence: the server cannot work under this role; null: it can. */
  readonly fault: string | null;
  /** A sentence: it can, but the role may do more than it needs. */
  readonly warning: string | null;
}

interface Role {
  name: string;
  is_superuser: boolean;
  is_owner: boolean;
  lacks: string[];
}

const LOOK = `SELECT current_user AS name, r.rolsuper AS is_superuser,
    EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = 'parley' AND n.nspowner = r.oid) AS is_owner,
    ARRAY(
      SELECT wanted FROM unnest(ARRAY['parley_reader', 'parley_writer']) wanted
      WHERE NOT EXISTS (SELECT FROM pg_roles x WHERE x.rolname = wanted AND pg_has_role(r.oid, x.oid, 'MEMBER'))
    )::text[] AS lacks
  FROM pg_roles r WHERE r.rolname = current_user`;

/**
 * Looks what the role of that address may do, after the migrations: it needs to act as parley_reader and parley_writer, and
 * nothing else.
 */
export async function judgeLoginRole(url: string): Promise<Judgement> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    const [role] = (await client.query<Role>(LOOK)).rows;
    if (role === undefined) throw new Error("PostgreSQL does not know the role that is connected.");
    return { fault: faultOf(role), warning: warningOf(role) };
  } finally {
    await client.end().catch(() => {});
  }
}

function faultOf({ name, lacks }: Role): string | null {
  if (lacks.length === 0) return null;
  return `its role "${name}" may not act as ${lacks.join(" and ")}. Let the owner GRANT ${lacks.join(", ")} to it (deploy/roles.sql).`;
}

function warningOf({ name, is_superuser, is_owner }: Role): string | null {
  if (!is_superuser && !is_owner) return null;
  const what = is_superuser ? "is a superuser" : "owns the schema";
  return `The role "${name}" of DATABASE_URL ${what}, which the server does not need: deploy/roles.sql makes one that may do less.`;
}
