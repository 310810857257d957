import { statement } from "../../platform/db/statement.ts";
import type { SignOut } from "./sign-outs.ts";

/** $1 conversation, $2 user, $3 version of that change, $4 whether access was lost (else it was got back). */
export const recordAccessChange = statement<object>(
  "record_access_change",
  `INSERT INTO revocations (conversation_id, user_id, version, revoked) VALUES ($1, $2, $3, $4)`,
);

/** $1 seconds: the changes of access of the last so many. */
export const findAccessChanges = statement<{
  conversation_id: string;
  user_id: string;
  version: number;
  revoked: boolean;
}>(
  "find_access_changes",
  `SELECT conversation_id, user_id, version, revoked FROM revocations
   WHERE created_at > clock_timestamp() - make_interval(secs => $1) ORDER BY id`,
);

interface SignOutRow {
  user_id: string;
  token_key: string | null;
  ended_at: string;
  expires_at: string;
}

export const toSignOut = (row: SignOutRow): SignOut => ({
  userId: row.user_id,
  tokenKey: row.token_key,
  endedAt: Date.parse(row.ended_at),
  expiresAt: Date.parse(row.expires_at),
});

/** $1 user, $2 key of the token (null: all until then), $3 when, $4 until when it matters. The later end holds. */
export const recordSignOut = statement<object>(
  "record_sign_out",
  `INSERT INTO sign_outs AS known (user_id, token_key, ended_at, expires_at) VALUES ($1, $2, $3, $4)
   ON CONFLICT (user_id, token_key) DO UPDATE SET
     ended_at = greatest(known.ended_at, excluded.ended_at),
     expires_at = greatest(known.expires_at, excluded.expires_at),
     created_at = clock_timestamp()`,
);

/** $1 seconds: the sign-outs of the last so many. */
export const findSignOuts = statement<SignOutRow>(
  "find_sign_outs",
  `SELECT user_id, token_key, ended_at, expires_at FROM sign_outs
   WHERE created_at > clock_timestamp() - make_interval(secs => $1)`,
);

/** $1 how many: the newest of those that matter. */
export const findNewestSignOuts = statement<SignOutRow>(
  "find_newest_sign_outs",
  `SELECT user_id, token_key, ended_at, expires_at FROM sign_outs
   WHERE expires_at > now() ORDER BY created_at DESC LIMIT $1`,
);

/** $1 user, $2 key of the token: what ended sessions of that person. */
export const findSignOutsOf = statement<SignOutRow>(
  "find_sign_outs_of_user",
  `SELECT user_id, token_key, ended_at, expires_at FROM sign_outs
   WHERE user_id = $1 AND (token_key = $2 OR token_key IS NULL) AND expires_at > now()`,
);

/** $1 seconds. */
export const purgeAccessChanges = statement<object>(
  "purge_access_changes",
  `DELETE FROM revocations WHERE created_at < clock_timestamp() - make_interval(secs => $1)`,
);

export const purgeSignOuts = statement<object>("purge_sign_outs", `DELETE FROM sign_outs WHERE expires_at < now()`);
