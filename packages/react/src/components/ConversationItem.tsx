import type { Conversation } from "@parley/protocol";
import { type MouseEvent, memo, type ReactNode } from "react";
import { useChat } from "../chat-context.ts";
import { isArchived } from "@parley/client";
import { isUnread } from "../conversation-list/inbox-view.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { conversationName, partnerOf, subjectName } from "../people.ts";
import { Avatar, GroupAvatar } from "./Avatar.tsx";
import { ConversationPreview } from "./ConversationPreview.tsx";
import { classNames } from "./class-names.ts";
import { PinIcon } from "./icons.tsx";
import { ArchiveIcon, BellOffIcon } from "./inbox-icons.tsx";

export interface ConversationItemProps {
  readonly conversation: Conversation;
  readonly selfId: string | undefined;
  readonly selected: boolean;
  /** Nothing of it calls for attention now. */
  readonly muted?: boolean;
  readonly href: string;
  /** When it was last active, ready to be shown. */
  readonly time: string;
  readonly onOpen: (event: MouseEvent, conversationId: string) => void;
  /** -1 while another line of the list is its tab stop. */
  readonly tabIndex?: number;
  readonly className?: string;
}

/** One line of the inbox; renders again only when its own conversation changed. */
export const ConversationItem = memo(function ConversationItem(props: ConversationItemProps) {
  const { conversation, selfId, selected, muted = false, href, time, onOpen, tabIndex, className } = props;
  const chat = useChat();
  const Picture = useSlot("Avatar", Avatar);
  const partner = partnerOf(conversation, selfId);
  const { subject } = conversation;
  return (
    <a
      className={classNames("parley-conversation", className)}
      href={href}
      aria-current={selected ? "page" : undefined}
      data-unread={isUnread(conversation)}
      data-muted={muted}
      tabIndex={tabIndex}
      draggable={false}
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
          <ConversationPreview conversation={conversation} selfId={selfId} selected={selected} />
          <Marks conversation={conversation} muted={muted} />
        </span>
      </span>
    </a>
  );
});

/** What stands at the end of a line: muted, pinned, archived, and what is unread. Each as a picture and as text. */
function Marks({ conversation, muted }: { conversation: Conversation; muted: boolean }) {
  const { labels } = useChat();
  const { unread, preferences } = conversation;
  return (
    <span className="parley-conversation-marks">
      {muted && <Mark icon={<BellOffIcon />} text={labels.muted} />}
      {preferences.pinnedAt !== null && <Mark icon={<PinIcon />} text={labels.pinnedConversation} />}
      {isArchived(conversation) && <Mark icon={<ArchiveIcon />} text={labels.inArchive} />}
      {unread > 0 && (
        <span className="parley-badge" data-quiet={muted}>
          <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
          <span className="parley-hidden">{labels.unread(unread)}</span>
        </span>
      )}
      {unread === 0 && preferences.markedUnread && (
        <span className="parley-badge parley-badge-dot" data-quiet={muted} title={labels.markedUnread}>
          <span className="parley-hidden">{labels.markedUnread}</span>
        </span>
      )}
    </span>
  );
}

function Mark({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <span className="parley-conversation-mark" title={text}>
      {icon}
      <span className="parley-hidden">{text}</span>
    </span>
  );
}
