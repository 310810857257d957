import type { OutboxMessage } from "@parley/client";
import type { Conversation } from "@parley/protocol";
import { useCallback } from "react";
import { useChat } from "../chat-context.ts";
import { useChatState } from "../hooks/useChatState.ts";
import { useDraft } from "../hooks/useDraft.ts";
import { deliveryStatus, positionsOfOthers } from "../message-list/timeline.ts";
import { findPerson } from "../people.ts";
import { plainText } from "../rich-text/plain-text.ts";
import { Ticks } from "./Ticks.tsx";

/** No line shows more of a message, in characters. */
const READ = 300;

export interface ConversationPreviewProps {
  readonly conversation: Conversation;
  readonly selfId: string | undefined;
  /** It is open: its draft stands in its own field, and is not repeated. */
  readonly selected: boolean;
}

/** The last line of a conversation: a draft first, then what is not sent yet, else the last message by its kind. */
export function ConversationPreview({ conversation, selfId, selected }: ConversationPreviewProps) {
  const { labels } = useChat();
  const { id } = conversation;
  const draft = useDraft(id);
  const unsent = useChatState(useCallback(({ outbox }) => outbox.get(id)?.at(-1), [id]));
  if (!selected && draft.trim() !== "") {
    return (
      <span className="parley-conversation-preview" dir="auto">
        <em>{labels.draft}</em> {draft}
      </span>
    );
  }
  if (unsent !== undefined) return <Unsent message={unsent} />;
  return <LastMessage conversation={conversation} selfId={selfId} />;
}

function Unsent({ message: { content, status } }: { message: OutboxMessage }) {
  return (
    <span className="parley-conversation-preview" dir="auto" data-kind={status}>
      <Ticks status={status} />
      {plainText(content.slice(0, READ))}
    </span>
  );
}

function LastMessage({ conversation, selfId }: Omit<ConversationPreviewProps, "selected">) {
  const { labels } = useChat();
  const last = conversation.lastMessage;
  if (last === null) return <span className="parley-conversation-preview">{labels.emptyHistory}</span>;
  const own = last.senderId === selfId && last.kind === "text";
  const entry = { key: "", message: last, outbox: null };
  return (
    <span
      className="parley-conversation-preview"
      dir="auto"
      data-kind={last.deletedAt === null ? last.kind : "deleted"}
    >
      {own && last.deletedAt === null && (
        <Ticks status={deliveryStatus(entry, positionsOfOthers(conversation, selfId ?? null))} />
      )}
      {last.replyTo !== null && last.deletedAt === null && (
        <span className="parley-conversation-reply" title={labels.replied}>
          <span aria-hidden="true">↩ </span>
          <span className="parley-hidden">{labels.replied}: </span>
        </span>
      )}
      <PreviewText conversation={conversation} own={own} />
    </span>
  );
}

function PreviewText({ conversation, own }: { conversation: Conversation; own: boolean }) {
  const { labels } = useChat();
  const last = conversation.lastMessage;
  if (last === null) return null;
  const name = findPerson(conversation, last.senderId)?.name ?? labels.formerUser;
  if (last.deletedAt !== null) return own ? labels.deletedOwn : labels.deleted(name);
  const needsName = !own && last.kind === "text" && conversation.participants.length > 2;
  const text = plainText((last.content ?? "").slice(0, READ));
  return needsName ? `${name.split(" ")[0]}: ${text}` : text;
}
