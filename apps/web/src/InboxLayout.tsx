import { ChatProvider, ConnectionBanner, ConversationList } from "@parley/react";
import { getRouteApi, Outlet, useMatch, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { useAppLabels } from "./app-labels.ts";
import { usePreferences } from "./preferences.ts";
import { SettingsMenu } from "./SettingsMenu.tsx";
import { useChatClient } from "./useChatClient.ts";
import { useTabTitle } from "./useTabTitle.ts";
import { Wordmark } from "./Wordmark.tsx";

const route = getRouteApi("/inbox");

/** The signed-in app: the client lives as long as this does. */
export function InboxLayout() {
  const { session } = route.useRouteContext();
  const { locale } = usePreferences();
  const client = useChatClient(session);
  if (client === null) return null;
  return (
    <ChatProvider client={client} locale={locale}>
      <Inbox />
    </ChatProvider>
  );
}

const hrefFor = (id: string) => `/conversations/${encodeURIComponent(id)}`;

/** Conversations on the left, one of them on the right; on a phone one after the other. */
function Inbox() {
  const labels = useAppLabels();
  const navigate = useNavigate();
  const match = useMatch({ from: "/inbox/conversations/$id", shouldThrow: false });
  const selectedId = match?.params.id;
  const open = useCallback((id: string) => void navigate({ to: "/conversations/$id", params: { id } }), [navigate]);
  useTabTitle();
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
          <SettingsMenu />
        </header>
        <ConnectionBanner className="inbox-banner-list" />
        <div className="inbox-scroll">
          <ConversationList selectedId={selectedId} hrefFor={hrefFor} onOpen={open} />
        </div>
      </div>
      <div className="inbox-chat" id="chat" tabIndex={-1}>
        <ConnectionBanner className="inbox-banner-chat" />
        <Outlet />
      </div>
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
    document.querySelector<HTMLElement>(`.inbox-list a[href="${CSS.escape(hrefFor(left))}"]`)?.focus();
  }, [selectedId]);
}
