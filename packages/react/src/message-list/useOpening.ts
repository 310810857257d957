import { useState } from "react";
import { useChat } from "../chat-context.ts";
import type { MessageTarget } from "./place.ts";

export interface Opening {
  /** Where the list begins; null: at its end. */
  readonly target: MessageTarget | null;
  /** Seq of the first message that was unread when the list opened; null: there was none. */
  readonly unreadFrom: number | null;
}

/** Decides once, when a list opens: at the message that was asked for, else where its reader was, else at what is new. */
export function useOpening(conversationId: string, messageSeq: number | undefined): Opening {
  const { client, places } = useChat();
  const [opening] = useState((): Opening => {
    const { conversations, self } = client.store.getState();
    const conversation = conversations.get(conversationId);
    const readSeq = conversation?.participants.find(({ user }) => user.id === self?.id)?.readSeq ?? 0;
    const unreadFrom = (conversation?.unread ?? 0) > 0 ? readSeq + 1 : null;
    const place = places.get(conversationId);
    if (messageSeq !== undefined) return { target: { seq: messageSeq, at: "middle", flash: true }, unreadFrom };
    if (place !== undefined) return { target: { seq: place.seq, at: place.offset, flash: false }, unreadFrom };
    return { target: unreadFrom === null ? null : { seq: unreadFrom, at: "upper", flash: false }, unreadFrom };
  });
  return opening;
}
