import { ConnectionBanner, ConversationList, type ConversationListHandle, useTask } from "@parley/react";
import { useCallback, useEffect, useRef } from "react";
import { addressOf, messageAddressOf, type Route } from "./addresses.ts";
import { useAppLabels } from "./app-labels.ts";
import { ConversationPage } from "./ConversationPage.tsx";
import { HeaderBadge } from "./HeaderBadge.tsx";
import { NoSelectionPage } from "./NoSelectionPage.tsx";
import { Notifications } from "./Notifications.tsx";
import { go } from "./place.ts";
import { SettingsMenu } from "./SettingsMenu.tsx";
import { ShortcutHelp, type ShortcutHelpHandle } from "./ShortcutHelp.tsx";
import type { Session } from "./session.ts";
import { useInboxView } from "./useInboxView.ts";
import { useShortcuts } from "./useShortcuts.ts";
import { useMatch } from "./useMatch.ts";
import { useSpareTime } from "./useSpareTime.ts";
import { useTabTitle } from "./useTabTitle.ts";
import { Wordmark } from "./Wordmark.tsx";

export interface InboxLayoutProps {
  readonly session: Session;
  readonly route: Extract<Route, { page: "list" | "conversation" }>;
}

/** Conversations on the left, one of them on the right; on a phone one after the other. */
export function InboxLayout({ session, route }: InboxLayoutProps) {
  const labels = useAppLabels();
  const selectedId = route.page === "conversation" ? route.id : undefined;
  const fromList = selectedId === undefined;
  const [view, setView] = useInboxView();
  // What the list shows stays in the address.
  const show = useCallback((address: string) => go(address + location.search, { state: { fromList } }), [fromList]);
  const open = useCallback((id: string) => show(addressOf(id)), [show]);
  const openMessage = useCallback(
    ({ conversationId, seq }: { conversationId: string; seq: number }) => show(messageAddressOf(conversationId, seq)),
    [show],
  );
  const list = useRef<ConversationListHandle>(null);
  const help = useRef<ShortcutHelpHandle>(null);
  const openHelp = useCallback(() => help.current?.open(), []);
  useShortcuts({ list, openHelp });
  useTabTitle(selectedId);
  useFocusOnReturn(selectedId);
  // The conversation goes before, in a task after that of its frame: what is around it comes in tasks of its own.
  const chatComes = useTask(1, selectedId === undefined) > 0;
  const hasTime = useSpareTime(selectedId === undefined);
  const listComes = useListComes(selectedId === undefined) && hasTime;
  return (
    <main className="inbox" data-selected={selectedId !== undefined}>
      {/* On a phone either half is hidden: landmark and heading must be outside of both. */}
      <h1 className="parley-hidden">Parley</h1>
      <a className="skip-link" href="#chat">
        {labels.skipToChat}
      </a>
      <div className="inbox-list">
        {listComes && (
          <>
            <header className="inbox-header">
              <Wordmark />
              <HeaderBadge />
              <SettingsMenu session={session} onHelp={openHelp} />
            </header>
            <ConnectionBanner className="inbox-banner-list" />
            <div className="inbox-scroll">
              <ConversationList
                ref={list}
                selectedId={selectedId}
                hrefFor={addressOf}
                onOpen={open}
                view={view}
                onViewChange={setView}
                onOpenMessage={openMessage}
              />
            </div>
          </>
        )}
      </div>
      <div className="inbox-chat" id="chat" tabIndex={-1}>
        <ConnectionBanner className="inbox-banner-chat" />
        {chatComes && (route.page === "conversation" ? <ConversationPage route={route} /> : <NoSelectionPage />)}
      </div>
      {hasTime && <Notifications selectedId={selectedId} onOpen={open} />}
      <ShortcutHelp ref={help} />
    </main>
  );
}

/** One after the other on a phone: there the list comes when it is led to, and stays from then on. As in inbox.css. */
function useListComes(isShown: boolean): boolean {
  const oneAtATime = useMatch("(width < 46rem)");
  const came = useRef(false);
  if (isShown || !oneAtATime) came.current = true;
  return came.current;
}

/** Back in the list, the focus goes to the conversation that one comes from. */
function useFocusOnReturn(selectedId: string | undefined): void {
  const before = useRef(selectedId);
  useEffect(() => {
    const left = before.current;
    before.current = selectedId;
    if (left === undefined || selectedId !== undefined) return;
    document.querySelector<HTMLElement>(`.inbox-list a[href="${CSS.escape(addressOf(left))}"]`)?.focus();
  }, [selectedId]);
}
