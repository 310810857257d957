import { limits, userProfileInput } from "@parley/protocol";
import type { ProfileChange } from "./store.ts";

const { picture, email, locale, role } = userProfileInput.shape;

/**
 * What a token's claims say of a person. A claim that cannot be used is left out, a name that is too long is cut:
 * nobody is kept out for an odd profile.
 */
export function readProfileClaims(claims: Readonly<Record<string, unknown>>): ProfileChange {
  const name = readName(claims.name);
  return {
    ...(name !== "" && { name }),
    ...readClaim("picture", picture, claims.picture),
    ...readClaim("email", email, claims.email),
    ...readClaim("locale", locale, claims.locale),
    ...readClaim("role", role, claims.role),
  };
}

function readName(claim: unknown): string {
  if (typeof claim !== "string") return "";
  // Control characters and line breaks have no place in a name, and PostgreSQL stores no NUL.
  const clean = claim.replace(/\p{Cc}+/gu, " ").trim();
  return clean
    .slice(0, limits.nameLength)
    .toWellFormed()
    .replace(/\uFFFD$/u, "")
    .trim();
}

interface Schema {
  safeParse(value: unknown): { success: boolean; data?: string | null | undefined };
}

function readClaim(key: keyof ProfileChange, schema: Schema, claim: unknown): ProfileChange {
  const { success, data } = schema.safeParse(claim);
  return success && typeof data === "string" && data !== "" ? { [key]: data } : {};
}
