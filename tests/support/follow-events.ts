import { applyEvent, type ChatState, initialState, type MessageWindow } from "@parley/client";
import { type Conversation, events, type ServerEvent } from "@parley/protocol";

/** A state that is made of events alone. */
export interface Follower {
  readonly state: ChatState;
  /** Takes the next event off the socket. */
  take(event: ServerEvent): void;
  /** Events that wait for an earlier version which never came. */
  waiting(): ServerEvent[];
  /** Whether what others have read went away since this was asked last: no event brings it back, a client catches up. */
  wasBlind(): boolean;
}

/**
 * Applies lasting events with `applyEvent`, those with a version in the order of their versions, and nothing else: no
 * catch-up fills a hole. Each new conversation gets a window that begins with what the event showed of it.
 */
export function followEvents(userId: string): Follower {
  let state: ChatState = { ...initialState, self: { id: userId, name: userId, picture: null, role: null } };
  let held: ServerEvent[] = [];
  let isBlind = false;
  const goneAt = new Map<string, number>();

  function mayPass(event: ServerEvent, place: Place): boolean {
    const known = state.conversations.get(place.conversationId)?.version;
    if (isOwnRemoval(event)) return true;
    return known === undefined ? event.name === "conversation:new" : place.version <= known + 1;
  }

  const isOwnRemoval = (event: ServerEvent) => event.name === "participant:removed" && event.payload.userId === userId;
  const isOver = ({ conversationId, version }: Place) => version <= (goneAt.get(conversationId) ?? 0);

  function apply(event: ServerEvent): void {
    state = applyEvent(state, event);
    if (isOwnRemoval(event)) goneAt.set((placeOf(event) as Place).conversationId, (placeOf(event) as Place).version);
    if (event.name === "conversation:new" && !state.messages.has(event.payload.id)) {
      state = { ...state, messages: new Map(state.messages).set(event.payload.id, windowOf(event.payload)) };
    }
  }

  function release(): void {
    held = held.filter((event) => !isOver(placeOf(event) as Place));
    const next = held.find((event) => mayPass(event, placeOf(event) as Place));
    if (next === undefined) return;
    held = held.filter((event) => event !== next);
    apply(next);
    release();
  }

  return {
    get state() {
      return state;
    },
    take: (event) => {
      if (event.name === "settings:updated") {
        state = applyEvent(state, event);
        isBlind ||= !event.payload.readReceipts;
      }
      if (!events[event.name].lasting) return;
      const place = placeOf(event);
      if (place === null) apply(event);
      else if (!isOver(place)) held.push(event);
      release();
    },
    waiting: () => held,
    wasBlind: () => {
      const was = isBlind;
      isBlind = state.settings?.readReceipts === false;
      return was;
    },
  };
}

interface Place {
  conversationId: string;
  version: number;
}

function placeOf({ name, payload }: ServerEvent): Place | null {
  if (name === "conversation:new" || name === "conversation:updated") {
    return { conversationId: payload.id, version: payload.version };
  }
  return "version" in payload && "conversationId" in payload ? payload : null;
}

const windowOf = ({ lastMessage, lastSeq }: Conversation): MessageWindow => ({
  items: lastMessage === null ? [] : [lastMessage],
  hasOlder: lastSeq > 1,
  hasNewer: false,
  loading: null,
});
