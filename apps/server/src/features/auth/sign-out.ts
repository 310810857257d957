import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { UserActor } from "./actor.ts";
import { endsSession, type SignOut } from "./sign-outs.ts";
import { recordSignOut } from "./store.ts";
import { LONGEST_TOKEN_SECONDS } from "./verify-token.ts";

/** A token is taken a little beyond its end, where clocks differ. */
const CLOCK_MARGIN_MS = 60_000;

type SignOutDeps = Pick<Deps, "db" | "bus" | "clock">;

/** Ends the session of the actor's token: it is refused from now on, everywhere, and its connections are closed. */
export async function signOut(deps: SignOutDeps, actor: UserActor): Promise<void> {
  const { userId, token } = actor;
  if (token === undefined) throw new AppError("unauthenticated");
  const expiresAt = actor.expiresAt + CLOCK_MARGIN_MS;
  await endSessions(deps, { userId, tokenKey: token.key, endedAt: deps.clock.now(), expiresAt });
}

/** Ends all sessions of a person: every token issued until now is refused, everywhere, and all connections are closed. */
export async function signOutEverywhere(deps: SignOutDeps, userId: string): Promise<void> {
  const now = deps.clock.now();
  const expiresAt = now + LONGEST_TOKEN_SECONDS * 1_000 + CLOCK_MARGIN_MS;
  await endSessions(deps, { userId, tokenKey: null, endedAt: now, expiresAt });
}

async function endSessions({ db, bus }: SignOutDeps, signOut: SignOut): Promise<void> {
  const { userId, tokenKey, endedAt, expiresAt } = signOut;
  const iso = (ms: number): string => new Date(ms).toISOString();
  await db.query(recordSignOut, [userId, tokenKey, iso(endedAt), iso(expiresAt)]);
  bus.emit("sessionsEnded", { userIds: [userId], tokenKey, endedAt, expiresAt });
}

/** Wherever sessions were ended: this process refuses their tokens, and closes their connections. */
export function subscribeSignOuts(deps: Pick<Deps, "bus" | "fanOut" | "signOuts">): void {
  deps.bus.on("sessionsEnded", ({ userIds, ...what }) => {
    for (const userId of userIds) applySignOut(deps, { userId, ...what });
  });
}

export function applySignOut({ fanOut, signOuts }: Pick<Deps, "fanOut" | "signOuts">, signOut: SignOut): void {
  signOuts.add(signOut);
  fanOut.endConnections(signOut.userId, (actor) => endsSession(signOut, actor));
}
