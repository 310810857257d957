import { createSecretKey, randomUUID } from "node:crypto";
import type { UserProfile } from "@parley/protocol";
import { SignJWT } from "jose";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import { demoPeople } from "./people.ts";

const TOKEN_SECONDS = 12 * 60 * 60;

/**
 * A token for one of the people of the story, signed as a host would.
 * @throws AppError not_found for anybody else
 */
export async function signIn(
  { config, clock }: Pick<Deps, "config" | "clock">,
  userId: string,
): Promise<{ token: string; user: UserProfile; expiresAt: string }> {
  const person = demoPeople.find(({ id }) => id === userId);
  const { jwtSecret, audience, issuer } = config.auth;
  if (person === undefined || jwtSecret === null) throw notFound();
  const { about: _, ...user } = person;
  const issuedAt = Math.floor(clock.now() / 1000);
  const token = new SignJWT({ name: user.name, role: user.role })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(user.id)
    // Two sign-ins of one second are two sessions: each can be ended by itself.
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_SECONDS);
  if (audience !== null) token.setAudience(audience);
  if (issuer !== null) token.setIssuer(issuer);
  return {
    token: await token.sign(createSecretKey(jwtSecret, "utf8")),
    user,
    expiresAt: new Date((issuedAt + TOKEN_SECONDS) * 1000).toISOString(),
  };
}
