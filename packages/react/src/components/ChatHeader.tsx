import type { Conversation } from "@parley/protocol";
import type { MouseEvent, Ref } from "react";
import { useChat } from "../chat-context.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { conversationName, otherPeople, partnerOf, subjectName } from "../people.ts";
import { Avatar, GroupAvatar } from "./Avatar.tsx";
import { classNames } from "./class-names.ts";
import { BackIcon, SearchIcon } from "./icons.tsx";
import { PresenceText } from "./PresenceText.tsx";

export interface ChatHeaderProps {
  readonly conversation: Conversation;
  /** Where the list of conversations lives; without it there is no way back to show. */
  readonly backHref?: string | undefined;
  readonly onBack?: ((event: MouseEvent<HTMLAnchorElement>) => void) | undefined;
  /** Shows a button that looks for messages here. */
  readonly onSearch?: (() => void) | undefined;
  readonly searchButton?: Ref<HTMLButtonElement>;
  readonly className?: string;
}

/** With whom, and about what. */
export function ChatHeader(props: ChatHeaderProps) {
  const { conversation, backHref, onBack, onSearch, searchButton, className } = props;
  const chat = useChat();
  const self = useSelf();
  const Picture = useSlot("Avatar", Avatar);
  const partner = partnerOf(conversation, self?.id);
  const name = conversationName(conversation, self?.id, chat);
  return (
    <header className={classNames("parley-header", className)}>
      <WayBack backHref={backHref} onBack={onBack} />
      {partner === undefined ? <GroupAvatar id={conversation.id} /> : <Picture user={partner} presence />}
      <div className="parley-header-main">
        <h2 className="parley-header-name">
          <bdi>{name}</bdi>
        </h2>
        <p className="parley-header-detail" dir="auto">
          {partner === undefined ? <People conversation={conversation} /> : <PresenceText userId={partner.id} />}
        </p>
      </div>
      {conversation.subject !== null && <Subject subject={conversation.subject} name={name} />}
      {onSearch !== undefined && (
        <button
          ref={searchButton}
          type="button"
          className="parley-icon-button parley-header-search"
          aria-label={chat.labels.searchHere}
          onClick={onSearch}
        >
          <SearchIcon />
        </button>
      )}
    </header>
  );
}

/** To the list, where there is one. */
export function WayBack({ backHref, onBack }: Pick<ChatHeaderProps, "backHref" | "onBack">) {
  const { labels } = useChat();
  if (backHref === undefined) return null;
  return (
    <a className="parley-icon-button parley-back" href={backHref} aria-label={labels.backToList} onClick={onBack}>
      <BackIcon />
    </a>
  );
}

function People({ conversation }: { conversation: Conversation }) {
  const { labels, formats } = useChat();
  const self = useSelf();
  // Its readers have nothing to do with each other.
  if (conversation.type === "announcement") return labels.platform;
  const names = otherPeople(conversation, self?.id).map((user) => user.name.split(" ")[0] ?? user.name);
  if (names.length > 4) return labels.participants(conversation.participants.length);
  return formats.list([...names, labels.youToo]);
}

/** The order, project or gig: the host owns it, so its address is the host's. */
function Subject({ subject, name }: { subject: NonNullable<Conversation["subject"]>; name: string }) {
  const { labels } = useChat();
  const number = subjectName(subject, labels);
  return (
    <div className="parley-subject">
      <p className="parley-subject-name" dir="auto">
        {subject.url === null ? (
          number
        ) : (
          <a href={subject.url} target="_blank" rel="noopener noreferrer">
            {number}
          </a>
        )}
        {subject.state !== null && <span className="parley-subject-state">{subject.state}</span>}
      </p>
      {subject.title !== null && subject.title !== name && (
        <p className="parley-subject-title">
          <bdi>{subject.title}</bdi>
        </p>
      )}
    </div>
  );
}
