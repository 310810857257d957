import { setImmediate as endOfTurn, setTimeout as delay } from "node:timers/promises";
import type { EventPayload } from "@parley/protocol";
import type { RealtimeState } from "./realtime-state.ts";
import type { LiveSocket } from "./socket-server.ts";

const ANSWERS_MS = 900;
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

/**
 * Answers the commands that have come or are on their way, then closes every connection behind what is waiting for it; those
 * that do not read are cut off after a second.
 */
export async function close(state: RealtimeState): Promise<void> {
  state.draining = true;
  state.closing = true;
  await untilAnswered(state);
  state.expiry.stop();
  // The transport is closed, not the socket: a plain client takes that as a lost connection and comes back.
  for (const socket of openSockets(state)) socket.conn.close();
  const { engine } = state.io as { engine: typeof state.io.engine | undefined };
  if (engine === undefined) return;
  const until = performance.now() + LAST_WORDS_MS;
  while (engine.clientsCount > 0 && performance.now() < until) await delay(LOOK_AGAIN_MS);
  engine.close();
}

/** New commands are told "not now" at once, so this ends; one that takes too long is done, but its answer is lost. */
async function untilAnswered(state: RealtimeState): Promise<void> {
  const began = performance.now();
  const isOwed = (): boolean => {
    const past = performance.now() - began;
    const sockets = openSockets(state);
    if (past < state.limits.onTheWayMs) return sockets.length > 0;
    return past < ANSWERS_MS && sockets.some(({ data }) => data.session.commandsInFlight > 0);
  };
  do {
    await delay(LOOK_AGAIN_MS);
    // A turn of the event loop for what lay unread while the process was busy.
    await endOfTurn();
  } while (isOwed());
}

const openSockets = ({ io }: RealtimeState): LiveSocket[] => [...io.of("/").sockets.values()];
