import type { ChatState } from "@parley/client";
import { type Conversation, limits, type PublicTypePolicy } from "@parley/protocol";
import { useCallback } from "react";
import { useChat } from "../chat-context.ts";
import type { Labels } from "../labels/labels.ts";
import { useChatState } from "./useChatState.ts";
import { useConversation } from "./useConversation.ts";
import { useSelf } from "./useSelf.ts";

interface Limits {
  /** In code points. */
  readonly maxLength: number;
  /** How long an own message may be changed after it was sent, in seconds; null: for ever. */
  readonly editWindowSeconds: number | null;
}

export type WriteAccess = Limits &
  (
    | { readonly writable: true }
    /** `mayReact`: reads only, but reactions are welcome. */
    | { readonly writable: false; readonly reason: string; readonly mayReact: boolean }
  );

/** Whether the person may write here, and why not, by the conversation type. The server decides; this only saves the attempt. */
export function useWriteAccess(conversationId: string): WriteAccess {
  const { labels } = useChat();
  const conversation = useConversation(conversationId);
  const self = useSelf();
  const type = conversation?.type ?? "";
  const policy = useChatState(useCallback((state: ChatState) => state.types.get(type), [type]));
  const bounds = boundsOf(policy);
  if (conversation === undefined) return { ...bounds, writable: true };
  const role = conversation.participants.find(({ user }) => user.id === self?.id)?.role ?? "member";
  const closed = closedReason(conversation, role, labels);
  if (closed !== null) return { ...bounds, writable: false, reason: closed, mayReact: false };
  if (isListener(policy, conversation, role)) {
    return { ...bounds, writable: false, reason: labels.writersOnly, mayReact: true };
  }
  return { ...bounds, writable: true };
}

const boundsOf = (policy: PublicTypePolicy | undefined): Limits => ({
  maxLength: policy?.maxTextLength ?? limits.textLength,
  editWindowSeconds: policy?.editWindowSeconds ?? null,
});

/** Before the types are known, announcements are taken for what they are by default. */
function isListener(policy: PublicTypePolicy | undefined, conversation: Conversation, role: string): boolean {
  const writers = policy?.writers ?? (conversation.type === "announcement" ? "admins" : "participants");
  return writers === "admins" && role === "member";
}

function closedReason(conversation: Conversation, role: string, labels: Labels): string | null {
  if (conversation.status === "archived") return labels.archived;
  return conversation.status === "locked" && role !== "admin" ? labels.locked : null;
}

export const mayReact = (access: WriteAccess): boolean => access.writable || access.mayReact;
