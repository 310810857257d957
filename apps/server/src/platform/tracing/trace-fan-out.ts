import type { FanOut, Telling } from "../realtime/fan-out.ts";
import type { Tracing } from "./tracing.ts";

/** A span for each event that is handed to the fan-out: written to the sockets here, and put on its way to the other processes. */
export function traceFanOut(tracing: Tracing, fanOut: FanOut): FanOut {
  return { ...fanOut, ...traceTelling(tracing, fanOut), here: traceTelling(tracing, fanOut.here) };
}

function traceTelling(tracing: Tracing, telling: Telling): Telling {
  const told = (event: string, people: number, tell: () => void): void => {
    if (!tracing.isRecording) tell();
    else tracing.span(`fan-out ${event}`, { facts: { "parley.event": event, "parley.people": people } }, tell);
  };
  return {
    ...telling,
    toUsers: (userIds, name, payload) => told(name, userIds.length, () => telling.toUsers(userIds, name, payload)),
    toParticipants: (conversationId, userIds, name, payload) =>
      told(name, userIds.length, () => telling.toParticipants(conversationId, userIds, name, payload)),
  };
}
