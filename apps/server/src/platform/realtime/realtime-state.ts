import type { ExpiryWheel } from "./expiry-wheel.ts";
import type { RealtimeLimits } from "./realtime-limits.ts";
import type { Session } from "./session.ts";
import type { RawConnection, SocketServer } from "./socket-server.ts";

/** What the parts of the realtime half share. */
export interface RealtimeState {
  readonly io: SocketServer;
  readonly limits: RealtimeLimits;
  /** Ends the sockets whose token ends. */
  readonly expiry: ExpiryWheel<Session>;
  /** Connections that have not shown a valid token yet. */
  readonly pending: Set<RawConnection>;
  /** Nobody new is let in, and those who are here know that they will have to go. */
  draining: boolean;
  /** No command is begun any more. */
  closing: boolean;
}
