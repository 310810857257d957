import type { Settings } from "@parley/protocol";
import type { Database, Transaction } from "../../platform/db/database.ts";
import { statement } from "../../platform/db/statement.ts";

export interface UserRow {
  id: string;
  name: string | null;
  picture: string | null;
  role: string | null;
}

/** What may be said of a user; null empties a field, a field left out stays as it was. */
export interface ProfileChange {
  name?: string | undefined;
  picture?: string | null | undefined;
  email?: string | null | undefined;
  locale?: string | null | undefined;
  role?: string | null | undefined;
}

const findStatement = statement<UserRow>("users.find", "select id, name, picture, role from users where id = $1");

export async function findUser(db: Pick<Database, "query">, userId: string): Promise<UserRow | undefined> {
  const [row] = await db.query(findStatement, [userId]);
  return row;
}

// In the order of their ids: two calls that name the same people never wait for each other in a circle.
const ensureStatement = statement<never>(
  "users.ensure",
  "insert into users (id) select distinct id from unnest($1::text[]) as given (id) order by id on conflict (id) do nothing",
);

/** Makes users of ids that nobody has seen yet. */
export async function ensureUsers(tx: Pick<Transaction, "query">, userIds: readonly string[]): Promise<void> {
  await tx.query(ensureStatement, [userIds]);
}

const changeStatement = statement<UserRow>(
  "users.change",
  `insert into users as present (id, name, picture, email, locale, role)
   values ($1, $2::jsonb ->> 'name', $2::jsonb ->> 'picture', $2::jsonb ->> 'email', $2::jsonb ->> 'locale', $2::jsonb ->> 'role')
   on conflict (id) do update set
     name = case when $2::jsonb ? 'name' then excluded.name else present.name end,
     picture = case when $2::jsonb ? 'picture' then excluded.picture else present.picture end,
     email = case when $2::jsonb ? 'email' then excluded.email else present.email end,
     locale = case when $2::jsonb ? 'locale' then excluded.locale else present.locale end,
     role = case when $2::jsonb ? 'role' then excluded.role else present.role end,
     updated_at = now()
   returning id, name, picture, role`,
);

/** Makes the user, or changes what `change` names. */
export async function changeUser(
  db: Pick<Database, "query">,
  userId: string,
  change: ProfileChange,
): Promise<UserRow | undefined> {
  const [row] = await db.query(changeStatement, [userId, JSON.stringify(change)]);
  return row;
}

const findSettingsStatement = statement<{ read_receipts: boolean }>(
  "users.find_settings",
  "select read_receipts from users where id = $1",
);

/** What a person has set for themselves; who never did has the usual. */
export async function findSettings(db: Pick<Database, "query">, userId: string): Promise<Settings> {
  const [row] = await db.query(findSettingsStatement, [userId]);
  return { readReceipts: row?.read_receipts ?? true };
}

const holdSettingsStatement = statement<{ read_receipts: boolean }>(
  "users.hold_settings",
  "select read_receipts from users where id = $1 for share",
);

/** The same inside of a transaction, until whose end nobody changes them. */
export async function holdSettings(tx: Pick<Transaction, "query">, userId: string): Promise<Settings> {
  const [row] = await tx.query(holdSettingsStatement, [userId]);
  return { readReceipts: row?.read_receipts ?? true };
}

const updateSettingsStatement = statement<{ read_receipts: boolean }>(
  "users.update_settings",
  "update users set read_receipts = coalesce($2::boolean, read_receipts) where id = $1 returning read_receipts",
);

/** Changes what is named, and returns all. */
export async function updateSettings(
  db: Pick<Database, "query">,
  userId: string,
  { readReceipts }: { readReceipts?: boolean | undefined },
): Promise<Settings> {
  const [row] = await db.query(updateSettingsStatement, [userId, readReceipts]);
  return { readReceipts: row?.read_receipts ?? true };
}

// A token that was issued before the profile was last changed says nothing new. `iat` counts in whole seconds.
const visitStatement = statement<never>(
  "users.visit",
  `insert into users as present (id, name, picture, email, locale, role)
   values ($1, $2, $3, $4, $5, $6)
   on conflict (id) do update set
     name = coalesce(excluded.name, present.name),
     picture = coalesce(excluded.picture, present.picture),
     email = coalesce(excluded.email, present.email),
     locale = coalesce(excluded.locale, present.locale),
     role = coalesce(excluded.role, present.role),
     updated_at = now()
   where (present.name is null or present.updated_at < to_timestamp($7::double precision + 1))
     and (coalesce(excluded.name, present.name), coalesce(excluded.picture, present.picture),
          coalesce(excluded.email, present.email), coalesce(excluded.locale, present.locale),
          coalesce(excluded.role, present.role))
       is distinct from (present.name, present.picture, present.email, present.locale, present.role)`,
);

/** The year 9999, in seconds: later, to_timestamp fails sooner or later. */
const LATEST = 253_402_300_799;

/** Makes the user, or takes over what a token says, unless the profile was changed after the token was issued. */
export async function recordVisit(
  db: Pick<Database, "query">,
  userId: string,
  profile: ProfileChange,
  issuedAtSeconds: number,
): Promise<void> {
  const { name, picture, email, locale, role } = profile;
  const fields = [name, picture, email, locale, role].map((value) => value ?? null);
  await db.query(visitStatement, [userId, ...fields, Math.min(Math.max(issuedAtSeconds, 0), LATEST)]);
}
