import type { Conversation, Message, SearchHit } from "@parley/protocol";
import { memo } from "react";
import { useChat } from "../chat-context.ts";
import { Avatar, GroupAvatar } from "../components/Avatar.tsx";
import { useConversation } from "../hooks/useConversation.ts";
import { useConversationName } from "../hooks/useConversationName.ts";
import { useNames } from "../hooks/useNames.ts";
import type { Labels } from "../labels/labels.ts";
import { findPerson, subjectName } from "../people.ts";
import { plainExcerpt } from "./plain-excerpt.ts";

export interface SearchHitRowProps {
  readonly hit: SearchHit;
  /** Milliseconds since the epoch, for "Yesterday". */
  readonly now: number;
  /** Says where it was written: among hits of many conversations. */
  readonly showsConversation: boolean;
  readonly onSelect: (message: Message) => void;
}

/** A message that was found: who, where, when, and the words in their sentence. */
export const SearchHitRow = memo(function SearchHitRow({ hit, now, showsConversation, onSelect }: SearchHitRowProps) {
  const { formats, labels } = useChat();
  const { message, excerpt } = hit;
  const conversation = useConversation(message.conversationId);
  const sender = findPerson(conversation, message.senderId);
  const [name = ""] = useNames(message.conversationId, [message.senderId]);
  const conversationName = useConversationName(message.conversationId);
  const where = whereOf(conversation?.subject ?? null, conversationName, name, labels);
  return (
    <button type="button" className="parley-hit" onClick={() => onSelect(message)}>
      {sender === undefined ? <GroupAvatar id={message.id} size="small" /> : <Avatar user={sender} size="small" />}
      <span className="parley-hit-main">
        <span className="parley-hit-top">
          <span className="parley-hit-sender" dir="auto">
            {name}
          </span>
          <time dateTime={message.createdAt} title={formats.full(message.createdAt)}>
            {formats.short(message.createdAt, now)}
          </time>
        </span>
        {showsConversation && where !== "" && (
          <span className="parley-hit-where" dir="auto">
            {where}
          </span>
        )}
        <span className="parley-hit-text" dir="auto">
          {plainExcerpt(excerpt).map(({ text, hit: isHit }, index) =>
            // The pieces of one text never change their order.
            isHit ? <mark key={index}>{text}</mark> : text,
          )}
        </span>
      </span>
    </button>
  );
});

/** The partner and what it is about; a name that stands above it already is not said twice. */
function whereOf(subject: Conversation["subject"], where: string | null, sender: string, labels: Labels): string {
  const about = subject === null ? [] : [subjectName(subject, labels), subject.title];
  return [...new Set([where, ...about])].filter((part) => part && part !== sender).join(" · ");
}
