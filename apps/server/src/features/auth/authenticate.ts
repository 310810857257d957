import { createHash, timingSafeEqual } from "node:crypto";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { AuthConfig } from "../../platform/config.ts";
import { rememberVisitor } from "../users/remember-visitor.ts";
import type { Actor, TokenIdentity, UserActor } from "./actor.ts";
import { endsSession } from "./sign-outs.ts";
import { findSignOutsOf, toSignOut } from "./store.ts";
import { createTokenVerifier, type VerifyToken } from "./verify-token.ts";

/** A verifier keeps the keys that it fetched: one for each configuration. */
const verifiers = new WeakMap<AuthConfig, VerifyToken>();

/**
 * Who a token or server key speaks for; the same for header, cookie and handshake. A person's first visit makes the profile.
 * @throws AppError unauthenticated (also when the session was ended), token_expired, or unavailable when the keys for tokens
 * cannot be fetched
 */
export async function authenticate(
  deps: Pick<Deps, "config" | "clock" | "db" | "signOuts">,
  token: string | undefined,
): Promise<Actor> {
  if (token === undefined || token === "") throw new AppError("unauthenticated");
  const { auth } = deps.config;
  if (isSame(token, auth.secretKey)) return { kind: "host" };
  const claims = await verifierOf(auth, deps.clock)(token);
  await rememberVisitor(deps, claims);
  const expiresAt = Math.floor(claims.exp * 1000);
  const actor: UserActor = { kind: "user", userId: claims.sub, expiresAt, token: identify(token, claims.iat) };
  // Last: nothing is waited for between this look and the use of what it allows.
  await requireSession(deps, actor);
  return actor;
}

/** The key is made of what the signature covers: the signature itself can be written in several ways. */
function identify(token: string, iat: number | undefined): TokenIdentity {
  const key = createHash("sha256")
    .update(token.slice(0, token.lastIndexOf(".")))
    .digest("base64url");
  return { key, issuedAt: iat === undefined ? null : iat * 1000 };
}

async function requireSession({ db, signOuts }: Pick<Deps, "db" | "signOuts">, actor: UserActor): Promise<void> {
  if (!signOuts.ended(actor)) {
    if (signOuts.isComplete) return;
    const rows = await db.query(findSignOutsOf, [actor.userId, actor.token?.key]);
    if (!rows.some((row) => endsSession(toSignOut(row), actor))) return;
  }
  const why = actor.token?.issuedAt === null ? " The token does not say when it was issued (iat)." : "";
  throw new AppError("unauthenticated", { detail: `This session was ended.${why}` });
}

function verifierOf(auth: AuthConfig, clock: Clock): VerifyToken {
  const known = verifiers.get(auth) ?? createTokenVerifier(auth, clock);
  verifiers.set(auth, known);
  return known;
}

/** In constant time: hashes have equal lengths, whatever was sent. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
