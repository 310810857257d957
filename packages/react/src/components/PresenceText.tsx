import { useChat } from "../chat-context.ts";
import { useNow } from "../hooks/useNow.ts";
import { usePresence } from "../hooks/usePresence.ts";

/** "Online", "Away", "Last seen 5 minutes ago"; nothing when nothing is known. */
export function PresenceText({ userId }: { userId: string }) {
  const { labels, formats } = useChat();
  const presence = usePresence(userId);
  const now = useNow(60_000);
  if (presence === undefined) return null;
  const { status, lastSeenAt } = presence;
  const text =
    status === "offline" && lastSeenAt !== null
      ? labels.lastSeen(formats.ago(lastSeenAt, now))
      : labels.presence[status];
  return <span data-presence={status}>{text}</span>;
}
