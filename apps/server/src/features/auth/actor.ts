/** The token by which somebody signed in. */
export interface TokenIdentity {
  /** A hash of what its signature covers: the same token has the same key, however it is written. */
  readonly key: string;
  /** In milliseconds since the epoch; null when it does not say. */
  readonly issuedAt: number | null;
}

/** A signed-in person who is calling. */
export interface UserActor {
  readonly kind: "user";
  readonly userId: string;
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Left out for somebody in whose name the server itself acts. */
  readonly token?: TokenIdentity;
}

/** The host application itself, by its server key. */
export interface HostActor {
  readonly kind: "host";
}

export type Actor = UserActor | HostActor;
