import type { Deps } from "../../deps.ts";
import { UnreadTeller } from "./unread-teller.ts";

/** A message, or a position that moved, changes unread numbers. */
export function subscribeUnread(deps: Deps): void {
  const teller = new UnreadTeller(deps);
  deps.bus.on("messageAppended", ({ message, recipients }) => teller.changed(message.conversationId, recipients));
  deps.bus.on("unreadChanged", ({ conversationId, userIds }) => teller.changed(conversationId, userIds));
}
