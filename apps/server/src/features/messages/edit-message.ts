import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeOwnMessage, unchanged } from "./change-own-message.ts";
import { requireEditWindow } from "./policy.ts";
import { requireRate } from "./require-rate.ts";
import { requireTextFits } from "./require-text-fits.ts";
import { updateContent } from "./store.ts";

/**
 * Changes an own message. The same content again changes nothing.
 * @throws AppError `not_found`, `forbidden`, `edit_window_closed`, `message_deleted`, `message_too_long`, `rate_limited`,
 *   `conversation_locked`, `conversation_archived`
 */
export async function editMessage(
  deps: ChangeDeps & Pick<Deps, "clock" | "limiter" | "conversationTypes">,
  actor: UserActor,
  { messageId, content }: { messageId: string; content: string },
): Promise<Message> {
  const { message, recipients } = await changeOwnMessage(deps, actor, messageId, async (tx, own) => {
    const policy = deps.conversationTypes.get(own.type);
    if (policy === undefined) throw new AppError("unknown_conversation_type");
    if (policy.writers === "admins" && own.role === "member") throw new AppError("writers_only");
    if (own.deleted_at !== null) throw new AppError("message_deleted");
    if (own.content === content) return unchanged;
    requireEditWindow(policy, Date.parse(own.created_at), deps.clock.now());
    requireTextFits(policy, content);
    await requireRate(deps, actor, { name: own.type, policy }, "change");
    const [changed] = await tx.query(updateContent, [messageId, content]);
    return changed;
  });
  if (recipients) deps.fanOut.toParticipants(message.conversationId, recipients, "message:updated", message);
  return message;
}
