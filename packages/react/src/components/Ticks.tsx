import { useChat } from "../chat-context.ts";
import type { DeliveryStatus } from "../message-list/timeline.ts";
import { classNames } from "./class-names.ts";
import { TickIcon } from "./icons.tsx";

/** How far an own message has come: as a picture, and as text for those who cannot see it. */
export function Ticks({ status, className }: { status: DeliveryStatus; className?: string }) {
  const { labels } = useChat();
  return (
    <span className={classNames("parley-ticks", className)} data-status={status} title={labels.status[status]}>
      <TickIcon status={status} />
      <span className="parley-hidden">{labels.status[status]}</span>
    </span>
  );
}
