import { ChatProvider, ConnectionBanner, ConversationList, type ConversationListHandle } from "@parley/react";
import { getRouteApi, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { addressOf, linkFor } from "./addresses.ts";
import { useAppLabels } from "./app-labels.ts";
import { HeaderBadge } from "./HeaderBadge.tsx";
import { Notifications } from "./Notifications.tsx";
import { usePreferences } from "./preferences.ts";
import { SettingsMenu } from "./SettingsMenu.tsx";
import { ShortcutHelp, type ShortcutHelpHandle } from "./ShortcutHelp.tsx";
import { useChatClient } from "./useChatClient.ts";
import { useInboxView } from "./useInboxView.ts";
import { useShortcuts } from "./useShortcuts.ts";
import { useTabTitle } from "./useTabTitle.ts";
import { Wordmark } from "./Wordmark.tsx";

const route = getRouteApi("/inbox");

/** The signed-in app: the client lives as long as this does. */
export function InboxLayout() {
  const { session } = route.useRouteContext();
  const { locale, density, enterSends } = usePreferences();
  const client = useChatClient(session);
  if (client === null) return null;
  return (
    <ChatProvider client={client} locale={locale} density={density} enterSends={enterSends} linkFor={linkFor}>
      <Inbox />
    </ChatProvider>
  );
}

/** Conversations on the left, one of them on the right; on a phone one after the other. */
function Inbox() {
  const labels = useAppLabels();
  const navigate = useNavigate();
  const { id: selectedId } = useParams({ strict: false });
  const [view, setView] = useInboxView();
  const open = useCallback(
    (id: string) =>
      void navigate({
        to: "/c/$id",
        params: { id },
        search: (before) => before,
        state: { fromList: selectedId === undefined },
      }),
    [navigate, selectedId],
  );
  const list = useRef<ConversationListHandle>(null);
  const help = useRef<ShortcutHelpHandle>(null);
  const openHelp = useCallback(() => help.current?.open(), []);
  const openMessage = useCallback(
    ({ conversationId, seq }: { conversationId: string; seq: number }) =>
      void navigate({
        to: "/c/$id/m/$seq",
        params: { id: conversationId, seq: String(seq) },
        search: (before) => before,
        state: { fromList: selectedId === undefined },
      }),
    [navigate, selectedId],
  );
  useShortcuts({ list, openHelp });
  useTabTitle(selectedId);
  useFocusOnReturn(selectedId);
  return (
    <main className="inbox" data-selected={selectedId !== undefined}>
      {/* On a phone either half is hidden: landmark and heading must be outside of both. */}
      <h1 className="parley-hidden">Parley</h1>
      <a className="skip-link" href="#chat">
        {labels.skipToChat}
      </a>
      <div className="inbox-list">
        <header className="inbox-header">
          <Wordmark />
          <HeaderBadge />
          <SettingsMenu onHelp={openHelp} />
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
      </div>
      <div className="inbox-chat" id="chat" tabIndex={-1}>
        <ConnectionBanner className="inbox-banner-chat" />
        <Outlet />
      </div>
      <Notifications selectedId={selectedId} onOpen={open} />
      <ShortcutHelp ref={help} />
    </main>
  );
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
