import { useEffect, useState } from "react";
import { useChat } from "../chat-context.ts";
import { useConnection } from "../hooks/useConnection.ts";
import { useNow } from "../hooks/useNow.ts";
import { useOnline } from "../hooks/useOnline.ts";
import type { Labels } from "../labels/labels.ts";
import { classNames } from "./class-names.ts";

/** A reconnect that takes less than this is nobody's business; neither is the first one of a slow phone, whose page it would move. */
const PATIENCE_MS = 4_000;

/** Says that the connection is lost and when it is tried again; nothing while all is well. */
export function ConnectionBanner({ className }: { className?: string }) {
  const { labels } = useChat();
  const connection = useConnection();
  // The browser often knows before the socket notices.
  const status = useOnline() ? connection.status : "offline";
  const patient = usePatience(status === "connecting");
  const text = patient ? null : bannerText(status, labels);
  return (
    <div
      className={classNames("parley-banner", className)}
      role="status"
      data-status={status}
      data-empty={text === null}
    >
      {text !== null && (
        <p>
          <span>{text}</span>
          {status === "offline" && connection.retryAt !== null && <Countdown until={connection.retryAt} />}
        </p>
      )}
    </div>
  );
}

function bannerText(status: string, labels: Labels): string | null {
  if (status === "offline") return labels.offline;
  if (status === "connecting") return labels.connecting;
  if (status === "http") return labels.limited;
  return status === "unauthorized" ? labels.unauthorized : null;
}

/** Hidden from screen readers: they would tell every second. */
function Countdown({ until }: { until: number }) {
  const { labels } = useChat();
  const seconds = Math.ceil((until - useNow(500)) / 1_000);
  if (seconds <= 0) return null;
  return (
    <span className="parley-banner-countdown" aria-hidden="true">
      {labels.retryIn(seconds)}
    </span>
  );
}

/** true during the first moments of a state. */
function usePatience(waiting: boolean): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setOver(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setOver(false);
    };
  }, [waiting]);
  return waiting && !over;
}
