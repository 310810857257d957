import type { EventPayload, Message } from "@parley/protocol";
import type { ChatState } from "./state.ts";
import { withoutKey } from "./without-key.ts";

/** Keeps a conversation's pins true, where they were loaded: `message` is as of a version that was not known before. */
export function keepPins(state: ChatState, message: Message): ChatState {
  const pins = state.pins.get(message.conversationId);
  const known = pins?.find(({ id }) => id === message.id);
  if (!pins || (known && known.version >= message.version) || (!known && message.pinnedAt === null)) return state;
  const others = pins.filter((pin) => pin !== known);
  return putPins(
    state,
    message.conversationId,
    message.pinnedAt === null ? others : [...others, message].sort(lastPinnedFirst),
  );
}

/** The same for a message that became a tombstone. */
export function keepPinsWithout(state: ChatState, deletion: EventPayload<"message:deleted">): ChatState {
  const { conversationId, seq, version } = deletion;
  const pin = state.pins.get(conversationId)?.find((message) => message.seq === seq);
  return pin ? keepPins(state, { ...pin, pinnedAt: null, version }) : state;
}

export function putPins(state: ChatState, conversationId: string, pins: readonly Message[]): ChatState {
  return { ...state, pins: new Map(state.pins).set(conversationId, pins) };
}

/** They are not known any more. */
export function dropPins(state: ChatState, conversationId: string): ChatState {
  if (!state.pins.has(conversationId)) return state;
  return { ...state, pins: withoutKey(state.pins, conversationId) };
}

/** As the server orders them. */
function lastPinnedFirst(a: Message, b: Message): number {
  const [first, second] = [a.pinnedAt ?? "", b.pinnedAt ?? ""];
  if (first !== second) return first < second ? 1 : -1;
  return b.seq - a.seq;
}
