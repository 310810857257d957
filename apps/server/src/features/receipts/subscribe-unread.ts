import type { Deps } from "../../deps.ts";
import { UnreadTeller } from "./unread-teller.ts";

/** A message, or a position that moved, changes unread numbers. */
export function subscribeUnread(deps: Deps): void {
  const teller = new UnreadTeller(deps);
  deps.bus.on("messageAppended", ({ message, recipients, senderWasBehind }) => {
    // Whoever writes with nothing unread still has nothing unread.
    const changed = senderWasBehind ? recipients : recipients.filter((userId) => userId !== message.senderId);
    teller.changed(message.conversationId, changed);
  });
  deps.bus.on("unreadChanged", ({ conversationId, userIds }) => teller.changed(conversationId, userIds));
}
