import type { Conversation } from "@parley/protocol";
import { useChat } from "../chat-context.ts";
import type { Labels } from "../labels/labels.ts";
import { useConversation } from "./useConversation.ts";
import { useSelf } from "./useSelf.ts";

export type WriteAccess =
  | { readonly writable: true; readonly maxLength: number }
  | { readonly writable: false; readonly reason: string; readonly maxLength: number };

/** Limits of the built-in types, in code points; a host that configures others hands them to the composer. */
const maxLengthOf = (type: string | undefined) => (type === "order" ? 2_000 : 5_000);

/** Whether the person may write here, and why not. The server decides; this only saves the attempt. */
export function useWriteAccess(conversationId: string): WriteAccess {
  const { labels } = useChat();
  const conversation = useConversation(conversationId);
  const self = useSelf();
  const maxLength = maxLengthOf(conversation?.type);
  const role = conversation?.participants.find(({ user }) => user.id === self?.id)?.role;
  const reason = conversation === undefined ? null : closedReason(conversation, role ?? "member", labels);
  return reason === null ? { writable: true, maxLength } : { writable: false, reason, maxLength };
}

function closedReason(conversation: Conversation, role: string, labels: Labels): string | null {
  if (conversation.status === "archived") return labels.archived;
  if (conversation.status === "locked" && role !== "admin") return labels.locked;
  return conversation.type === "announcement" && role === "member" ? labels.writersOnly : null;
}
