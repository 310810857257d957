import type { Deps } from "../../deps.ts";
import { readProfileClaims } from "./read-profile-claims.ts";
import { recordVisit } from "./store.ts";

/** How many people's claims are remembered, so that not every request writes. */
const REMEMBERED = 20_000;

/** By database: what each person's token said last. The one seen longest ago goes first. */
const seen = new WeakMap<Deps["db"], Map<string, string>>();

/**
 * Makes or refreshes the profile from the claims of a token, and only when they say something new.
 * @param claims `sub`, and as far as given `iat` (seconds), `name`, `picture`, `email`, `locale`, `role`
 */
export async function rememberVisitor(
  { db, clock }: Pick<Deps, "db" | "clock">,
  claims: Readonly<Record<string, unknown>> & { sub: string; iat?: number | undefined },
): Promise<void> {
  const profile = readProfileClaims(claims);
  const said = JSON.stringify(profile);
  const known = seen.get(db) ?? new Map<string, string>();
  seen.set(db, known);
  if (known.get(claims.sub) !== said) {
    await recordVisit(db, claims.sub, profile, claims.iat ?? clock.now() / 1000);
  }
  known.delete(claims.sub);
  known.set(claims.sub, said);
  if (known.size > REMEMBERED) known.delete(known.keys().next().value ?? "");
}
