import type { Deps } from "../../deps.ts";
import { UnreadTeller } from "./unread-teller.ts";

/** A message, or a position that moved, changes unread numbers. */
export function subscribeUnread(deps: Deps): void {
  const teller = new UnreadTeller(deps);
  deps.bus.on("messageAppended", ({ message, recipients, senderWasBehind }) => {
    const { conversationId, senderId } = message;
    // Whoever writes with nothing unread still has nothing unread.
    const isSame = senderId !== null && !senderWasBehind;
    deps.bus.emit("unreadChanged", { conversationId, userIds: recipients, ...(isSame && { exceptUserId: senderId }) });
  });
  deps.bus.on("unreadChanged", ({ conversationId, userIds, exceptUserId }) =>
    teller.changed(conversationId, exceptUserId === undefined ? userIds : userIds.filter((id) => id !== exceptUserId)),
  );
}
