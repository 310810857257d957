import type { ChatState } from "@parley/client";
import type { Message } from "@parley/protocol";
import { type MouseEvent, useCallback, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { classNames } from "../components/class-names.ts";
import { ConnectionBanner } from "../components/ConnectionBanner.tsx";
import { ConversationList } from "../components/ConversationList.tsx";
import { EmptyState } from "../components/EmptyState.tsx";
import { ShownPart } from "../components/ShownPart.tsx";
import { Skeleton } from "../components/Skeleton.tsx";
import { useChatState } from "../hooks/useChatState.ts";
import { usePartsAhead } from "../hooks/usePart.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { createPart } from "../part.ts";
import { Frame } from "./Frame.tsx";
import { useControlled } from "./useControlled.ts";
import { useFocusHandedOn } from "./useFocusHandedOn.ts";
import { useOpened } from "./useOpened.ts";

export interface InboxProps {
  /** The conversation on screen, when the host holds it; null for none. Else the inbox holds it. */
  readonly conversationId?: string | null | undefined;
  /** The first one on screen, when the inbox holds it. */
  readonly defaultConversationId?: string | null;
  readonly onConversationChange?: (conversationId: string | null) => void;
  /** Where a conversation lives in the host's pages, for "open in a new tab". */
  readonly hrefFor?: (conversationId: string) => string;
  readonly className?: string;
}

const chatWindow = createPart(async () => (await import("./Chatbox.tsx")).ChatWindow);
const soonNeeded = [chatWindow];

const selectReady = (state: ChatState) => state.ready;
const hrefInPage = (conversationId: string) => `#${conversationId}`;

/**
 * List and conversation, side by side; one after the other where its own box is narrow, whatever the window is.
 * Fills the box that it stands in.
 */
export function Inbox(props: InboxProps) {
  const { conversationId, defaultConversationId = null, onConversationChange, className } = props;
  const hrefFor = props.hrefFor ?? hrefInPage;
  const { labels } = useChat();
  const [selectedId, select] = useControlled(conversationId, defaultConversationId, onConversationChange);
  const frame = useRef<HTMLDivElement>(null);
  const Empty = useSlot("EmptyState", EmptyState);
  useOpened(selectedId);
  const { asked, chat } = useFocusHandedOn(frame, selectedId);
  usePartsAhead(soonNeeded, useChatState(selectReady));
  const [found, setFound] = useState<Message | null>(null);
  const open = useCallback(
    (id: string, message: Message | null = null) => {
      asked.current = true;
      setFound(message);
      select(id);
    },
    [asked, select],
  );
  const openFound = useCallback((message: Message) => open(message.conversationId, message), [open]);
  const openConversation = useCallback((id: string) => open(id), [open]);
  const goBack = (event: MouseEvent) => {
    event.preventDefault();
    asked.current = true;
    select(null);
  };
  return (
    <Frame ref={frame} className={classNames("parley-inbox", className)}>
      <div className="parley-inbox-columns" data-selected={selectedId !== null}>
        <div className="parley-inbox-list" tabIndex={-1}>
          <ConnectionBanner />
          <div className="parley-inbox-scroll">
            <ConversationList
              selectedId={selectedId ?? undefined}
              hrefFor={hrefFor}
              onOpen={openConversation}
              onOpenMessage={openFound}
            />
          </div>
        </div>
        <div className="parley-inbox-chat" tabIndex={-1}>
          {selectedId === null ? (
            <Empty title={labels.noSelection} hint={labels.noSelectionHint} />
          ) : (
            <>
              <ConnectionBanner />
              <ShownPart
                part={chatWindow}
                props={{
                  ref: chat,
                  conversationId: selectedId,
                  messageSeq: found?.conversationId === selectedId ? found.seq : undefined,
                  backHref: "#",
                  onBack: goBack,
                }}
                waiting={<Skeleton of="messages" label={labels.loadingMessages} />}
              />
            </>
          )}
        </div>
      </div>
    </Frame>
  );
}
