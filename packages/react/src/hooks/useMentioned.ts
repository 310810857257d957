import type { ChatState } from "@parley/client";
import { useCallback } from "react";
import { findPerson } from "../people.ts";
import type { Named } from "../rich-text/find-mentions.ts";
import { useChatState } from "./useChatState.ts";

const nobody: readonly Named[] = [];

/** The people that a message mentions, by the names that they have now. The same array until one of them changed. */
export function useMentioned(conversationId: string, ids: readonly string[]): readonly Named[] {
  const select = useCallback(
    (state: ChatState) => {
      if (ids.length === 0) return nobody;
      const conversation = state.conversations.get(conversationId);
      return ids.map((id) => findPerson(conversation, id)).filter((person) => person !== undefined);
    },
    [conversationId, ids],
  );
  return useChatState(select, haveSameNames);
}

const haveSameNames = (a: readonly Named[], b: readonly Named[]) =>
  a.length === b.length && a.every(({ id, name }, index) => id === b[index]?.id && name === b[index].name);
