import { useConversationName, useUnreadCount } from "@parley/react";
import { useEffect } from "react";

/** What calls for attention and what is open, in the title of the tab: "(3) Ana Weber · Parley". */
export function useTabTitle(conversationId: string | undefined): void {
  const unread = useUnreadCount();
  const name = useConversationName(conversationId);
  useEffect(() => {
    const count = unread > 0 ? `(${unread > 99 ? "99+" : unread}) ` : "";
    document.title = `${count}${name === null ? "" : `${name} · `}Parley`;
    return () => {
      document.title = "Parley";
    };
  }, [unread, name]);
}
