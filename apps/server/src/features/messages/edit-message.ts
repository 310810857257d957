import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeOwnMessage, unchanged } from "./change-message.ts";
import { requireEditWindow, requireWriter } from "./policy.ts";
import { requirePolicy } from "./require-policy.ts";
import { requireTextFits } from "./require-text-fits.ts";
import { updateContent } from "./store.ts";

/**
 * Changes an own message. The same content again changes nothing.
 * @throws AppError `not_found`, `forbidden`, `edit_window_closed`, `message_deleted`, `message_too_long`, `rate_limited`,
 *   `overloaded`, `conversation_locked`, `conversation_archived`, `writers_only`
 */
export const editMessage = (
  deps: ChangeDeps & Pick<Deps, "clock">,
  actor: UserActor,
  { messageId, content }: { messageId: string; content: string },
): Promise<Message> =>
  changeOwnMessage(deps, actor, messageId, {
    judge: (own) => {
      const { policy } = requirePolicy(deps, own.type);
      requireWriter(policy, own.role);
      if (own.deleted_at !== null) throw new AppError("message_deleted");
      if (own.content === content) return unchanged;
      requireEditWindow(policy, Date.parse(own.created_at), deps.clock.now());
      requireTextFits(policy, content);
      return async (tx) => (await tx.query(updateContent, [messageId, content]))[0];
    },
  });
