import { createSecretKey } from "node:crypto";
import { limits } from "@parley/protocol";
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from "jose";
import { AppError } from "../../platform/app-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { AuthConfig } from "../../platform/config.ts";

/** What a token was found to say, after its signature, times, audience and issuer were checked. */
type Claims = JWTPayload & { sub: string; exp: number };
export type VerifyToken = (token: string) => Promise<Claims>;

/** Public-key algorithms only: a key set must never lead to a shared secret. */
const KEY_SET_ALGORITHMS = ["RS", "PS", "ES"].flatMap((family) => ["256", "384", "512"].map((size) => family + size));
const ASYMMETRIC = [...KEY_SET_ALGORITHMS, "EdDSA", "Ed25519"];
const CLOCK_TOLERANCE_SECONDS = 5;

/** Browsers keep no cookie longer, so no host has a reason to sign a token that lives longer. */
export const LONGEST_TOKEN_SECONDS = 400 * 24 * 60 * 60;

/**
 * Checks tokens under the HS256 secret, the key set, or both (then the token's algorithm says which).
 * The function that comes back rejects with token_expired, unauthenticated, or unavailable when the keys cannot be fetched.
 */
export function createTokenVerifier(auth: AuthConfig, clock: Clock): VerifyToken {
  const secret = auth.jwtSecret === null ? null : createSecretKey(auth.jwtSecret, "utf8");
  const keySet = auth.jwksUrl === null ? null : remoteKeys(auth.jwksUrl);
  const options = (algorithms: string[]): JWTVerifyOptions => ({
    algorithms,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    currentDate: new Date(clock.now()),
    requiredClaims: ["sub", "exp"],
    ...(auth.audience !== null && { audience: auth.audience }),
    ...(auth.issuer !== null && { issuer: auth.issuer }),
  });
  const verify = async (token: string) => {
    const shared = decodeProtectedHeader(token).alg === "HS256";
    if (shared && secret !== null) return jwtVerify(token, secret, options(["HS256"]));
    if (!shared && keySet !== null) return jwtVerify(token, keySet, options(ASYMMETRIC));
    throw new AppError("unauthenticated");
  };
  return async (token) => {
    try {
      const claims = requireSubject((await verify(token)).payload);
      requireTimes(claims, clock.now() / 1_000);
      return claims;
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError(error instanceof errors.JWTExpired ? "token_expired" : "unauthenticated", { cause: error });
    }
  };
}

/** The keys being out of reach is our trouble, not the caller's: a 401 would sign everybody out. */
function remoteKeys(url: string): JWTVerifyGetKey {
  const keySet = createRemoteJWKSet(new URL(url), { timeoutDuration: 5_000 });
  return async (header, token) => {
    try {
      return await keySet(header, token);
    } catch (error) {
      if (saysSomethingOfTheToken(error)) throw error;
      throw new AppError("unavailable", { detail: "The keys for tokens cannot be fetched right now.", cause: error });
    }
  };
}

const saysSomethingOfTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

function requireSubject(payload: JWTPayload): Claims {
  const { sub, exp } = payload;
  if (exp === undefined || typeof sub !== "string" || !isId(sub)) {
    throw new AppError("unauthenticated", {
      detail: `The claim sub must be a text of 1 to ${limits.idLength} characters.`,
    });
  }
  return { ...payload, sub, exp };
}

/**
 * What ends all sessions of a person ends tokens that were issued until then, and is remembered for as long as one may live: a
 * token issued in the future, or one that lives longer, would come through. A token that does not say when it was issued
 * counts as issued now.
 */
function requireTimes({ iat, exp }: Claims, nowSeconds: number): void {
  if (iat !== undefined && iat > nowSeconds + CLOCK_TOLERANCE_SECONDS) {
    throw new AppError("unauthenticated", { detail: "The token was issued in the future (iat)." });
  }
  if (exp - (iat ?? nowSeconds) > LONGEST_TOKEN_SECONDS + CLOCK_TOLERANCE_SECONDS) {
    throw new AppError("unauthenticated", { detail: "A token may live 400 days (from iat to exp)." });
  }
}

const isId = (sub: string): boolean =>
  sub !== "" && sub.length <= limits.idLength && sub.isWellFormed() && !sub.includes("\u0000");
