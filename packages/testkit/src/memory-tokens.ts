import { Refusal } from "./refusal.ts";

const encode = (value: object): string =>
  btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Tokens that look like the real ones and that only this server believes. */
export class MemoryTokens {
  readonly #now: () => number;
  #serial = 0;
  /** How long a new token is good for, in milliseconds. */
  lifetimeMs = 3_600_000;
  /** While true, no token is believed. */
  refuseAll = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(userId: string): string {
    this.#serial += 1;
    const exp = Math.floor((this.#now() + this.lifetimeMs) / 1000);
    return `${encode({ alg: "none" })}.${encode({ sub: userId, exp, jti: this.#serial })}.memory`;
  }

  /** How many were issued. */
  get issued(): number {
    return this.#serial;
  }

  /** Whose it is and until when (ISO 8601); throws a `Refusal`. */
  check(token: string | null): { userId: string; expiresAt: string } {
    if (token === null || this.refuseAll) throw new Refusal("unauthenticated");
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { sub, exp } = JSON.parse(atob(payload)) as { sub: string; exp: number };
    if (exp * 1000 <= this.#now()) throw new Refusal("token_expired");
    return { userId: sub, expiresAt: new Date(exp * 1000).toISOString() };
  }
}
