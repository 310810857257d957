import type { Deps } from "./deps.ts";
import { subscribeSignOuts } from "./features/auth/sign-out.ts";
import { subscribeConversations } from "./features/conversations/tell-conversation.ts";
import { subscribePresence } from "./features/presence/subscribe-presence.ts";
import { subscribeUnread } from "./features/receipts/subscribe-unread.ts";
import { subscribeTyping } from "./features/typing/tell-typing.ts";

/** What happens because of something that happened. */
export function subscribeAll(deps: Deps): void {
  subscribeSignOuts(deps);
  subscribeConversations(deps);
  subscribePresence(deps);
  subscribeTyping(deps);
  subscribeUnread(deps);
}
