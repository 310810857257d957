import { useUnreadCount } from "@parley/react";
import { useEffect } from "react";

/** Unread messages in the title of the tab: "(3) Parley". */
export function useTabTitle(): void {
  const unread = useUnreadCount();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 99 ? "99+" : unread}) Parley` : "Parley";
    return () => {
      document.title = "Parley";
    };
  }, [unread]);
}
