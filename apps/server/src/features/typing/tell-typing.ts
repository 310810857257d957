import type { Deps } from "../../deps.ts";

/** Tells those who have the conversation open, except the person who types. */
export function tellTyping(
  { fanOut }: Pick<Deps, "fanOut">,
  conversationId: string,
  userId: string,
  typing: boolean,
): void {
  fanOut.toOpenConversation(conversationId, "typing:updated", { conversationId, userId, typing }, userId);
}

/** Whoever stopped without saying so is shown as stopped. */
export function subscribeTyping(deps: Pick<Deps, "fanOut" | "typing">): void {
  deps.typing.onExpire((conversationId, userId) => tellTyping(deps, conversationId, userId, false));
}
