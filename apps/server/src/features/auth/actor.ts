/** A signed-in person who is calling. */
export interface UserActor {
  readonly kind: "user";
  readonly userId: string;
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The host application itself, by its server key. */
export interface HostActor {
  readonly kind: "host";
}

export type Actor = UserActor | HostActor;
