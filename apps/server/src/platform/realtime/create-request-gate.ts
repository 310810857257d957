import type { IncomingMessage } from "node:http";
import type { Clock } from "../clock.ts";
import { PacedQueue } from "../limits/paced-queue.ts";
import type { RealtimeLimits } from "./realtime-limits.ts";

interface GateDeps {
  readonly clock: Clock;
  readonly limits: Pick<RealtimeLimits, "openings" | "pendingHandshakes">;
  readonly isDraining: () => boolean;
  /** Open connections that have not shown a valid token yet. */
  readonly pending: () => number;
}

/** Whether a connection may be opened, as soon as its turn has come. */
export type AdmitRequest = (request: IncomingMessage) => Promise<boolean>;

/**
 * Opens connections a few at a time: thousands that come at once after an outage would keep the event loop from everybody
 * else for seconds.
 */
export function createRequestGate({ clock, limits, isDraining, pending }: GateDeps): AdmitRequest {
  const openings = new PacedQueue(clock, limits.openings);
  return async ({ socket }) => {
    if (isDraining() || pending() + openings.size.waiting >= limits.pendingHandshakes) return false;
    // Node leaves a socket that asks for an upgrade to whoever takes it: here nobody has it yet.
    const ignore = (): void => {};
    socket.on("error", ignore);
    try {
      // What the opening itself costs follows in the same turn of the event loop, so that it counts.
      return await openings.run(() => Promise.resolve(!socket.destroyed && !isDraining()));
    } catch {
      return false;
    } finally {
      socket.off("error", ignore);
    }
  };
}
