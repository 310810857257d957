import type { ChatState } from "@parley/client";
import { type MouseEvent, type Ref, useCallback, useImperativeHandle, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { useChatState } from "../hooks/useChatState.ts";
import { useClearMark } from "../hooks/useClearMark.ts";
import { useHistoryShown } from "../hooks/useHistoryShown.ts";
import { useLoadedPart, usePartsAhead } from "../hooks/usePart.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useSlot } from "../hooks/useSlot.ts";
import { useTask } from "../hooks/useTask.ts";
import { useJoined } from "../hooks/useJoined.ts";
import { createPart } from "../part.ts";
import { ChatHeader, WayBack } from "./ChatHeader.tsx";
import type { MessageListHandle } from "../message-list/useJumps.ts";
import { classNames } from "./class-names.ts";
import { Composer, type ComposerHandle } from "./Composer.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { MessageList } from "./MessageList.tsx";
import { PinnedBar } from "./PinnedBar.tsx";
import { ShownPart } from "./ShownPart.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { TypingIndicator } from "./TypingIndicator.tsx";

export interface ChatWindowHandle {
  focusComposer(): void;
  /** Goes to the message with this seq, and offers the way back. */
  showMessage(seq: number): void;
}

export interface ChatWindowProps {
  readonly conversationId: string;
  /** For a narrow screen: the address of the list, shown as an arrow. */
  readonly backHref?: string;
  readonly onBack?: (event: MouseEvent<HTMLAnchorElement>) => void;
  /** Opens at this message, as a link to it asks; another one later leads there. */
  readonly messageSeq?: number | undefined;
  readonly className?: string;
  readonly ref?: Ref<ChatWindowHandle>;
}

const announcer = createPart(async () => (await import("./Announcer.tsx")).Announcer);
const chatSearch = createPart(async () => (await import("../search/ChatSearch.tsx")).ChatSearch);
const soonNeeded = [announcer, chatSearch];

const selectReady = (state: ChatState) => state.ready;

/** One conversation: header, history, who is typing, composer. */
export function ChatWindow(props: ChatWindowProps) {
  const { conversationId, backHref, onBack, className } = props;
  const { labels } = useChat();
  const conversation = useConversation(conversationId);
  const ready = useChatState(selectReady);
  const Header = useSlot("ChatHeader", ChatHeader);
  const Empty = useSlot("EmptyState", EmptyState);
  const [searchedId, setSearchedId] = useState<string | null>(null);
  const searchButton = useRef<HTMLButtonElement>(null);
  const body = useRef<ChatWindowHandle>(null);
  useImperativeHandle(props.ref, () => ({
    focusComposer: () => body.current?.focusComposer(),
    showMessage: (seq) => body.current?.showMessage(seq),
  }));
  if (conversation === undefined) {
    return (
      <section className={classNames("parley-chat", className)} aria-label={labels.conversationNotFound}>
        {ready ? (
          <Empty title={labels.conversationNotFound} hint={labels.conversationNotFoundHint}>
            {backHref !== undefined && (
              <a className="parley-button" href={backHref} onClick={onBack}>
                {labels.backToList}
              </a>
            )}
          </Empty>
        ) : (
          <>
            <header className="parley-header">
              <WayBack backHref={backHref} onBack={onBack} />
            </header>
            <Skeleton of="messages" label={labels.loadingMessages} />
          </>
        )}
      </section>
    );
  }
  return (
    <div className={classNames("parley-chat", className)} data-type={conversation.type}>
      <Header
        conversation={conversation}
        backHref={backHref}
        onBack={onBack}
        onSearch={() => setSearchedId(conversationId)}
        searchButton={searchButton}
      />
      <ChatBody key={conversationId} {...props} ref={body} />
      {searchedId === conversationId && (
        <ShownPart
          part={chatSearch}
          props={{
            conversationId,
            onShow: (seq) => body.current?.showMessage(seq),
            onClose: () => {
              setSearchedId(null);
              searchButton.current?.focus();
            },
          }}
          waiting={null}
        />
      )}
    </div>
  );
}

/** The history goes into its frame in the last of three tasks, the composer before it: so none of them is long. */
function ChatBody({ conversationId, messageSeq, ref }: ChatWindowProps) {
  const list = useRef<MessageListHandle>(null);
  const composer = useComposerHandle();
  const Writing = useSlot("Composer", Composer);
  const Typing = useSlot("TypingIndicator", TypingIndicator);
  useJoined(conversationId);
  useClearMark(conversationId);
  usePartsAhead(soonNeeded, useHistoryShown(conversationId));
  const Voice = useLoadedPart(announcer);
  const task = useTask(2, useChat().shown.history);
  const showMessage = useCallback((seq: number) => list.current?.showMessage(seq), []);
  const focusComposer = composer.focus;
  useImperativeHandle(ref, () => ({ focusComposer, showMessage }), [focusComposer, showMessage]);
  return (
    <>
      <PinnedBar conversationId={conversationId} onShow={showMessage} />
      {task > 1 ? (
        <MessageList ref={list} conversationId={conversationId} messageSeq={messageSeq} onLeave={focusComposer} />
      ) : (
        <div className="parley-messages" />
      )}
      {task > 0 && (
        <>
          <Typing conversationId={conversationId} />
          <Writing
            ref={composer.ref}
            conversationId={conversationId}
            onSent={() => list.current?.jumpToLatest()}
            onLeave={() => list.current?.focus()}
          />
        </>
      )}
      {Voice && <Voice conversationId={conversationId} />}
    </>
  );
}

/** The composer, which may come later than the wish to write. */
function useComposerHandle() {
  const handle = useRef<ComposerHandle>(null);
  const isWanted = useRef(false);
  const focus = useCallback(() => {
    isWanted.current = handle.current === null;
    handle.current?.focus();
  }, []);
  const ref = useCallback(
    (now: ComposerHandle | null) => {
      handle.current = now;
      if (isWanted.current) focus();
    },
    [focus],
  );
  return { focus, ref };
}
