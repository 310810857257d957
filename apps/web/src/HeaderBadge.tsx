import { useChat, useUnreadCount } from "@parley/react";
import { useEffect } from "react";
import { showAppBadge } from "./app-badge.ts";

/** What calls for attention: a number beside the name of the app, on the tab's icon, and on the installed app's. */
export function HeaderBadge() {
  const { labels } = useChat();
  const unread = useUnreadCount();
  useEffect(() => {
    void showAppBadge(unread);
  }, [unread]);
  useEffect(() => () => void showAppBadge(0), []);
  if (unread === 0) return null;
  return (
    <span className="parley-badge inbox-badge">
      <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
      <span className="parley-hidden">{labels.unread(unread)}</span>
    </span>
  );
}
