import type { Conversation } from "@parley/protocol";
import { type MouseEvent, memo, useSyncExternalStore } from "react";
import { useChat } from "../chat-context.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { deliveryStatus, positionsOfOthers } from "../message-list/timeline.ts";
import { conversationName, findPerson, partnerOf, subjectName } from "../people.ts";
import { Avatar, GroupAvatar } from "./Avatar.tsx";
import { classNames } from "./class-names.ts";
import { Ticks } from "./Ticks.tsx";

export interface ConversationItemProps {
  readonly conversation: Conversation;
  readonly selfId: string | undefined;
  readonly selected: boolean;
  readonly href: string;
  /** When it was last active, ready to be shown. */
  readonly time: string;
  readonly onOpen: (event: MouseEvent, conversationId: string) => void;
  readonly className?: string;
}

/** One line of the inbox; renders again only when its own conversation changed. */
export const ConversationItem = memo(function ConversationItem(props: ConversationItemProps) {
  const { conversation, selfId, selected, href, time, onOpen, className } = props;
  const chat = useChat();
  const Picture = useSlot("Avatar", Avatar);
  const partner = partnerOf(conversation, selfId);
  const { subject, unread } = conversation;
  return (
    <a
      className={classNames("parley-conversation", className)}
      href={href}
      aria-current={selected ? "page" : undefined}
      data-unread={unread > 0}
      onClick={(event) => onOpen(event, conversation.id)}
    >
      {partner === undefined ? <GroupAvatar id={conversation.id} /> : <Picture user={partner} presence />}
      <span className="parley-conversation-main">
        <span className="parley-conversation-top">
          <span className="parley-conversation-name" dir="auto">
            {conversationName(conversation, selfId, chat)}
          </span>
          <time className="parley-conversation-time" dateTime={conversation.updatedAt}>
            {time}
          </time>
        </span>
        {subject !== null && (
          <span className="parley-conversation-subject" dir="auto">
            {subjectName(subject, chat.labels)}
            {partner !== undefined && subject.title !== null && ` · ${subject.title}`}
          </span>
        )}
        <span className="parley-conversation-bottom">
          <Preview conversation={conversation} selfId={selfId} />
          {unread > 0 && (
            <span className="parley-badge">
              <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
              <span className="parley-hidden">{chat.labels.unread(unread)}</span>
            </span>
          )}
        </span>
      </span>
    </a>
  );
});

function Preview({ conversation, selfId }: Pick<ConversationItemProps, "conversation" | "selfId">) {
  const { labels, composers } = useChat();
  const draftOf = () => composers.get(conversation.id).draft;
  const draft = useSyncExternalStore(composers.subscribe, draftOf, draftOf);
  const last = conversation.lastMessage;
  if (draft.trim() !== "") {
    return (
      <span className="parley-conversation-preview" dir="auto">
        <em>{labels.draft}</em> {draft}
      </span>
    );
  }
  if (last === null) return <span className="parley-conversation-preview">{labels.emptyHistory}</span>;
  const own = last.senderId === selfId && last.kind === "text";
  const entry = { key: "", message: last, outbox: null };
  return (
    <span className="parley-conversation-preview" dir="auto">
      {own && last.deletedAt === null && (
        <Ticks status={deliveryStatus(entry, positionsOfOthers(conversation, selfId ?? null))} />
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
  return needsName ? `${name.split(" ")[0]}: ${last.content}` : last.content;
}
