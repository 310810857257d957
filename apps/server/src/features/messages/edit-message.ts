import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeOwnMessage, unchanged } from "./change-message.ts";
import { requireEditWindow, requireWriter } from "./policy.ts";
import { requirePolicy } from "./require-policy.ts";
import { requireRate } from "./require-rate.ts";
import { requireTextFits } from "./require-text-fits.ts";
import { updateContent } from "./store.ts";

/**
 * Changes an own message. The same content again changes nothing.
 * @throws AppError `not_found`, `forbidden`, `edit_window_closed`, `message_deleted`, `message_too_long`, `rate_limited`,
 *   `conversation_locked`, `conversation_archived`, `writers_only`
 */
export const editMessage = (
  deps: ChangeDeps & Pick<Deps, "clock" | "limiter" | "conversationTypes">,
  actor: UserActor,
  { messageId, content }: { messageId: string; content: string },
): Promise<Message> =>
  changeOwnMessage(deps, actor, messageId, async (tx, own) => {
    const named = requirePolicy(deps, own.type);
    requireWriter(named.policy, own.role);
    if (own.deleted_at !== null) throw new AppError("message_deleted");
    if (own.content === content) return unchanged;
    requireEditWindow(named.policy, Date.parse(own.created_at), deps.clock.now());
    requireTextFits(named.policy, content);
    await requireRate(deps, actor, named, "change");
    const [changed] = await tx.query(updateContent, [messageId, content]);
    return changed;
  });
