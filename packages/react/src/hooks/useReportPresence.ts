import type { ChatClient } from "@parley/client";
import { useEffect } from "react";

/** Somebody who looks elsewhere for this long is away, in ms: a glance at another tab is not worth telling. */
const AWAY_AFTER_MS = 60_000;

/** Tells the others whether this page is being looked at. */
export function useReportPresence(client: ChatClient): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") client.presence.set("online");
      else timer = setTimeout(() => client.presence.set("away"), AWAY_AFTER_MS);
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [client]);
}
