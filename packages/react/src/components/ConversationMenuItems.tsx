import type { Conversation } from "@parley/protocol";
import { type ReactNode, useLayoutEffect } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { isArchived, isMuted } from "@parley/client";
import { isUnread } from "../conversation-list/inbox-view.ts";
import type { ConversationActions } from "../hooks/useConversationActions.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { mayLeave } from "../may-leave.ts";
import { PinIcon } from "./icons.tsx";
import { BellIcon, LeaveIcon, OpenIcon, ReadIcon, UnarchiveIcon, UnreadIcon } from "./conversation-menu-icons.tsx";
import { ArchiveIcon, BellOffIcon } from "./inbox-icons.tsx";

interface MenuPageProps {
  readonly conversation: Conversation;
  readonly actions: ConversationActions;
  readonly close: () => void;
  /** The items are there: now the menu has its size. */
  readonly onShown: () => void;
}

/** What one can do with a conversation, for oneself. */
export function ConversationMenuItems({
  conversation,
  actions,
  close,
  onShown,
  onMute,
}: MenuPageProps & { readonly onMute: () => void }) {
  const labels = useLaterLabels();
  const self = useSelf();
  useLayoutEffect(onShown, [onShown]);
  const { id, preferences } = conversation;
  const run = (action: () => void) => () => {
    close();
    action();
  };
  const unread = isUnread(conversation);
  const pinned = preferences.pinnedAt !== null;
  const archived = isArchived(conversation);
  const muted = isMuted(conversation, Date.now());
  return (
    <>
      <Item icon={<OpenIcon />} text={labels.open} onClick={run(() => actions.open(id))} />
      <Item
        icon={unread ? <ReadIcon /> : <UnreadIcon />}
        text={unread ? labels.markRead : labels.markUnread}
        onClick={run(() => actions.markUnread(conversation, !unread))}
      />
      <Item
        icon={<PinIcon />}
        text={pinned ? labels.unpinConversation : labels.pinConversation}
        onClick={run(() => actions.change(id, { pinned: !pinned }))}
      />
      {muted ? (
        <Item icon={<BellIcon />} text={labels.unmute} onClick={run(() => actions.change(id, { mutedUntil: null }))} />
      ) : (
        <Item icon={<BellOffIcon />} text={labels.muteFirst} onClick={onMute} />
      )}
      <Item
        icon={archived ? <UnarchiveIcon /> : <ArchiveIcon />}
        text={archived ? labels.unarchive : labels.archive}
        onClick={run(() => actions.archive(conversation, !archived))}
      />
      {mayLeave(conversation, self?.id) && (
        <Item
          icon={<LeaveIcon />}
          text={labels.leave}
          className="parley-danger"
          onClick={run(() => actions.askLeave(conversation))}
        />
      )}
    </>
  );
}

const HOUR_MS = 3_600_000;
/** For ever, as far as people and 32 bits of years are concerned. */
const ALWAYS = "9999-12-31T23:59:59.000Z";

/** For how long a conversation is to be silent. */
export function MuteItems({ conversation, actions, close, onShown }: MenuPageProps) {
  const labels = useLaterLabels();
  useLayoutEffect(onShown, [onShown]);
  const mute = (until: () => string) => () => {
    close();
    actions.change(conversation.id, { mutedUntil: until() });
  };
  const hours = (count: number) => () => new Date(Date.now() + count * HOUR_MS).toISOString();
  return (
    <>
      <Item icon={<BellOffIcon />} text={labels.muteFor.hour} onClick={mute(hours(1))} />
      <Item icon={<BellOffIcon />} text={labels.muteFor.workday} onClick={mute(hours(8))} />
      <Item icon={<BellOffIcon />} text={labels.muteFor.always} onClick={mute(() => ALWAYS)} />
    </>
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly text: string;
  readonly className?: string;
  readonly onClick: () => void;
}

function Item({ icon, text, className, onClick }: ItemProps) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className={className} onClick={onClick}>
      {icon}
      {text}
    </button>
  );
}
