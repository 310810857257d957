import type { ServerEvent } from "@parley/protocol";
import { reduceConversation } from "./reduce-conversations.ts";
import { reduceMessageDeleted, reduceMessageNew, reduceMessageUpdated } from "./reduce-messages.ts";
import { reduceParticipantAdded, reduceParticipantRemoved } from "./reduce-participants.ts";
import { reducePreferences } from "./reduce-preferences.ts";
import { reducePresence } from "./reduce-presence.ts";
import { reduceReceipt } from "./reduce-receipts.ts";
import { reduceSettings } from "./reduce-settings.ts";
import { reduceTyping } from "./reduce-typing.ts";
import type { ChatState } from "./state.ts";

/**
 * The one way in which an event changes the state. After a lasting event, that came in the order of its version, the
 * state is exactly what a fresh fetch would give; an event that is known already changes nothing. Unread numbers follow
 * from the positions: `unread:updated`, which the server gathers and which may be late, is only held against them.
 * `now`: milliseconds since the epoch, for the leases of typing.
 */
export function applyEvent(state: ChatState, event: ServerEvent, now: number = Date.now()): ChatState {
  switch (event.name) {
    case "message:new":
      return reduceMessageNew(state, event.payload);
    case "message:updated":
      return reduceMessageUpdated(state, event.payload);
    case "message:deleted":
      return reduceMessageDeleted(state, event.payload);
    case "receipt:updated":
      return reduceReceipt(state, event.payload);
    case "typing:updated":
      return reduceTyping(state, event.payload, now);
    case "presence:updated":
      return reducePresence(state, event.payload);
    default:
      return applyMembership(state, event);
  }
}

function applyMembership(state: ChatState, event: ServerEvent): ChatState {
  switch (event.name) {
    case "conversation:new":
    case "conversation:updated":
      return reduceConversation(state, event.payload);
    case "participant:added":
      return reduceParticipantAdded(state, event.payload);
    case "participant:removed":
      return reduceParticipantRemoved(state, event.payload);
    case "preferences:updated":
      return reducePreferences(state, event.payload);
    case "settings:updated":
      return reduceSettings(state, event.payload);
    default:
      return state;
  }
}
