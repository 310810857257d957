import { createHash, timingSafeEqual } from "node:crypto";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { AuthConfig } from "../../platform/config.ts";
import { rememberVisitor } from "../users/remember-visitor.ts";
import type { Actor } from "./actor.ts";
import { createTokenVerifier, type VerifyToken } from "./verify-token.ts";

/** The last moment that a Date can hold, in milliseconds since the epoch. */
const END_OF_TIME = 8.64e15;

/** A verifier keeps the keys that it fetched: one for each configuration. */
const verifiers = new WeakMap<AuthConfig, VerifyToken>();

/**
 * Who a token or server key speaks for; the same for header, cookie and handshake. A person's first visit makes the profile.
 * @throws AppError unauthenticated, token_expired, or unavailable when the keys for tokens cannot be fetched
 */
export async function authenticate(
  deps: Pick<Deps, "config" | "clock" | "db">,
  token: string | undefined,
): Promise<Actor> {
  if (token === undefined || token === "") throw new AppError("unauthenticated");
  const { auth } = deps.config;
  if (isSame(token, auth.secretKey)) return { kind: "host" };
  const claims = await verifierOf(auth, deps.clock)(token);
  await rememberVisitor(deps, claims);
  return { kind: "user", userId: claims.sub, expiresAt: Math.min(Math.floor(claims.exp * 1000), END_OF_TIME) };
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
