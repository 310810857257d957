import type { EventPayload, Message } from "@parley/protocol";
import { type Heard, sightingOf } from "../history/history.ts";

/** An event as the history keeps it; null for those that nothing is judged by. */
export function shortenEvent(name: string, payload: unknown): Heard | null {
  switch (name) {
    case "message:new":
    case "message:updated":
      return { name, message: sightingOf(payload as Message) };
    case "message:deleted": {
      const { conversationId, messageId, seq, version } = payload as EventPayload<"message:deleted">;
      return { name, conversationId, messageId, seq, version };
    }
    case "receipt:updated": {
      const { conversationId, userId, readSeq, deliveredSeq } = payload as EventPayload<"receipt:updated">;
      return { name, conversationId, standing: { userId, readSeq, deliveredSeq } };
    }
    case "typing:updated": {
      const { conversationId, userId } = payload as EventPayload<"typing:updated">;
      return { name, conversationId, userId };
    }
    default:
      return null;
  }
}
