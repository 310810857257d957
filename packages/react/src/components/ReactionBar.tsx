import { type ChatState, selectReactions } from "@parley/client";
import type { Message, Reaction } from "@parley/protocol";
import { useCallback } from "react";
import { useChat } from "../chat-context.ts";
import { useChatState } from "../hooks/useChatState.ts";
import { useNames } from "../hooks/useNames.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { useListActions } from "../message-list/list-actions.ts";
import { classNames } from "./class-names.ts";
import { PlusIcon } from "./message-icons.tsx";

export interface ReactionBarProps {
  readonly message: Message;
  /** Whether the reader may react here. */
  readonly mayReact: boolean;
  readonly className?: string;
}

/** So many names are told; the others are counted. */
const NAMES = 10;

/** The reactions under a message: who reacted can be read, the own one is taken back by another tap. */
export function ReactionBar({ message, mayReact, className }: ReactionBarProps) {
  const { labels } = useChat();
  const { openReactions } = useListActions();
  const reactions = useChatState(useCallback((state: ChatState) => selectReactions(state, message), [message]));
  if (reactions.length === 0) return null;
  return (
    <div className={classNames("parley-reactions", className)} role="group" aria-label={labels.reactions}>
      {reactions.map((reaction) => (
        <ReactionChip key={reaction.emoji} message={message} reaction={reaction} mayReact={mayReact} />
      ))}
      {mayReact && (
        <button
          type="button"
          className="parley-reaction-add"
          data-row-action
          tabIndex={-1}
          aria-label={labels.addReaction}
          title={labels.addReaction}
          onClick={(event) => openReactions(message, event.currentTarget)}
        >
          <PlusIcon />
        </button>
      )}
    </div>
  );
}

interface ReactionChipProps extends Omit<ReactionBarProps, "className"> {
  readonly reaction: Reaction;
}

function ReactionChip({ message, reaction, mayReact }: ReactionChipProps) {
  const { labels, formats } = useChat();
  const { toggleReaction } = useListActions();
  const self = useSelf();
  const { emoji, userIds } = reaction;
  const names = useNames(message.conversationId, userIds.slice(0, NAMES));
  const others = userIds.length - NAMES;
  const people = formats.list(others > 0 ? [...names, labels.othersToo(others)] : names);
  const text = labels.reactedBy(emoji, people);
  return (
    <button
      type="button"
      className="parley-reaction"
      data-row-action
      tabIndex={-1}
      aria-label={text}
      title={text}
      aria-pressed={self !== null && userIds.includes(self.id)}
      aria-disabled={!mayReact}
      onClick={() => mayReact && toggleReaction(message, emoji)}
    >
      <span className="parley-emoji">{emoji}</span>
      {/* For eyes: the button's name tells who, so that the number is none of its words. */}
      <span className="parley-reaction-count" data-count={userIds.length} />
    </button>
  );
}
