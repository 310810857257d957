import type { ChatState } from "@parley/client";
import { useCallback } from "react";
import { useChat } from "../chat-context.ts";
import { findPerson } from "../people.ts";
import { useChatState } from "./useChatState.ts";

/**
 * What these people are called in the conversation; null stands for the platform itself, oneself is "You".
 * Renders again only when a name changed.
 */
export function useNames(conversationId: string, ids: readonly (string | null)[]): readonly string[] {
  const { labels } = useChat();
  const key = JSON.stringify(ids);
  const select = useCallback(
    (state: ChatState) => {
      const conversation = state.conversations.get(conversationId);
      return (JSON.parse(key) as (string | null)[]).map((id) => {
        if (id === null) return labels.platform;
        if (id === state.self?.id) return labels.you;
        return findPerson(conversation, id)?.name ?? labels.formerUser;
      });
    },
    [conversationId, key, labels],
  );
  return useChatState(select, haveSame);
}

const haveSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((name, index) => name === b[index]);
