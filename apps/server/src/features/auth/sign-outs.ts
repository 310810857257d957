import type { UserActor } from "./actor.ts";

/** Each takes about 200 bytes. */
const MAX_TOKENS = 100_000;
const MAX_PEOPLE = 100_000;

/** Sessions of a person were ended. Times in milliseconds since the epoch. */
export interface SignOut {
  readonly userId: string;
  /** The session of this token; null: those of all tokens issued until `endedAt`. */
  readonly tokenKey: string | null;
  readonly endedAt: number;
  /** No such token lives longer. */
  readonly expiresAt: number;
}

/**
 * Whether that ended the actor's session. A token that does not say when it was issued counts as issued before: it cannot
 * be told from one that was.
 */
export function endsSession(signOut: SignOut, { userId, token }: UserActor): boolean {
  if (signOut.userId !== userId) return false;
  if (signOut.tokenKey !== null) return token?.key === signOut.tokenKey;
  return token?.issuedAt == null || token.issuedAt <= signOut.endedAt;
}

/** The sign-outs that matter, in the memory of this process: no request waits for the database to ask about them. */
export class SignOuts {
  readonly #tokens = new Map<string, SignOut>();
  readonly #people = new Map<string, SignOut>();
  #isComplete = true;

  /** false: there are more than fit here. What is not known here has to be looked for in the database. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** There are more of them than were loaded. */
  holdNotAll(): void {
    this.#isComplete = false;
  }

  /** Remembers one. Told again, it stays as it is. */
  add(signOut: SignOut): void {
    const { userId, tokenKey } = signOut;
    if (tokenKey !== null) this.#put(this.#tokens, tokenKey, signOut, MAX_TOKENS);
    else if ((this.#people.get(userId)?.endedAt ?? 0) <= signOut.endedAt) {
      this.#put(this.#people, userId, signOut, MAX_PEOPLE);
    }
  }

  /** Whether the actor's session was ended, as far as it is known here. */
  ended(actor: UserActor): boolean {
    const byToken = this.#tokens.get(actor.token?.key ?? "");
    const byPerson = this.#people.get(actor.userId);
    return [byToken, byPerson].some((signOut) => signOut !== undefined && endsSession(signOut, actor));
  }

  /** Forgets those that matter no more. */
  forgetPast(now: number): void {
    for (const known of [this.#tokens, this.#people]) {
      for (const [key, { expiresAt }] of known) if (expiresAt <= now) known.delete(key);
    }
  }

  #put(known: Map<string, SignOut>, key: string, signOut: SignOut, max: number): void {
    known.set(key, signOut);
    if (known.size <= max) return;
    known.delete(known.keys().next().value ?? "");
    this.#isComplete = false;
  }
}
