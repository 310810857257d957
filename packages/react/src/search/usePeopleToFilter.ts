import type { ChatState } from "@parley/client";
import type { UserProfile } from "@parley/protocol";
import { useMemo } from "react";
import { useChat } from "../chat-context.ts";
import { useChatState } from "../hooks/useChatState.ts";

const selectConversations = (state: ChatState) => state.conversations;

/** Everybody who takes or took part in the conversation, or in any of them, by name. */
export function usePeopleToFilter(conversationId: string | undefined): readonly UserProfile[] {
  const { locale } = useChat();
  const conversations = useChatState(selectConversations);
  return useMemo(() => {
    const people = new Map<string, UserProfile>();
    for (const { id, participants, formerParticipants } of conversations.values()) {
      if (conversationId !== undefined && id !== conversationId) continue;
      for (const user of formerParticipants) people.set(user.id, user);
      for (const { user } of participants) people.set(user.id, user);
    }
    const { compare } = new Intl.Collator(locale);
    return [...people.values()].sort((one, other) => compare(one.name, other.name));
  }, [conversations, conversationId, locale]);
}
