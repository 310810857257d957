import { setTimeout as delay } from "node:timers/promises";
import type { EventPayload } from "@parley/protocol";
import type { RealtimeState } from "./realtime-state.ts";
import type { LiveSocket } from "./socket-server.ts";

const LAST_WORDS_MS = 1_000;
const LOOK_AGAIN_MS = 20;

/** Takes no more connections, and tells each client a time of its own at which to come back, so that they do not come all at once. */
export function drain(state: RealtimeState): void {
  if (state.draining) return;
  state.draining = true;
  for (const socket of openSockets(state)) {
    const reconnectAfterMs = Math.floor(Math.random() * state.limits.drainJitterMs);
    socket.emit("server:draining", { reconnectAfterMs } satisfies EventPayload<"server:draining">);
  }
}

/** Closes every connection behind what is waiting for it; those that do not read are cut off after a second. */
export async function close(state: RealtimeState): Promise<void> {
  state.draining = true;
  state.expiry.stop();
  // The transport is closed, not the socket: a plain client takes that as a lost connection and comes back.
  for (const socket of openSockets(state)) socket.conn.close();
  const { engine } = state.io as { engine: typeof state.io.engine | undefined };
  if (engine === undefined) return;
  const until = performance.now() + LAST_WORDS_MS;
  while (engine.clientsCount > 0 && performance.now() < until) await delay(LOOK_AGAIN_MS);
  engine.close();
}

const openSockets = ({ io }: RealtimeState): LiveSocket[] => [...io.of("/").sockets.values()];
