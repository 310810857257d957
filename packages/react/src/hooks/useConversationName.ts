import type { Conversation } from "@parley/protocol";
import { useCallback } from "react";
import { useChat } from "../chat-context.ts";
import { conversationName } from "../people.ts";
import { useConversation } from "./useConversation.ts";
import { useSelf } from "./useSelf.ts";

/** What a conversation is called for the person who is signed in: the partner's name, the title, or the names of all. */
export function useConversationNames(): (conversation: Conversation) => string {
  const chat = useChat();
  const selfId = useSelf()?.id;
  return useCallback((conversation) => conversationName(conversation, selfId, chat), [chat, selfId]);
}

/** The name of one conversation; null while there is none. */
export function useConversationName(conversationId: string | undefined): string | null {
  const nameOf = useConversationNames();
  const conversation = useConversation(conversationId ?? "");
  return conversation === undefined ? null : nameOf(conversation);
}
