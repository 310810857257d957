import { ChatError } from "./chat-error.ts";

/** Asks the host for a token: a JWT of the signed-in user. */
export type FetchToken = () => Promise<string>;

/** The token in use. Without a `FetchToken` there is none: the cookie speaks. */
export class TokenSource {
  readonly #fetch: FetchToken | null;
  #current: string | null = null;
  #running: Promise<string> | null = null;

  constructor(fetch: FetchToken | null) {
    this.#fetch = fetch;
  }

  /** Whether a refused token can be replaced. */
  get renewable(): boolean {
    return this.#fetch !== null;
  }

  /** The token in use, fetched when there is none yet; null with the cookie. Rejects with a `ChatError` without a problem. */
  async current(): Promise<string | null> {
    return this.#current ?? (await this.renew());
  }

  /** A new token; callers at the same time share one. */
  async renew(): Promise<string | null> {
    if (!this.#fetch) return null;
    this.#running ??= this.#fetchOne(this.#fetch).finally(() => {
      this.#running = null;
    });
    return await this.#running;
  }

  /** When the token in use runs out, in milliseconds since the epoch; null when it does not say. */
  get expiresAt(): number | null {
    return this.#current === null ? null : expiryOf(this.#current);
  }

  async #fetchOne(fetch: FetchToken): Promise<string> {
    try {
      this.#current = await fetch();
      return this.#current;
    } catch (cause) {
      throw new ChatError("The host gave no token.", null, { cause });
    }
  }
}

/** Reads `exp` without checking anything: the server does that. */
function expiryOf(token: string): number | null {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims = JSON.parse(atob(payload)) as { exp?: unknown };
    return typeof claims.exp === "number" ? claims.exp * 1000 : null;
  } catch {
    return null;
  }
}
