import { limits, type Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { UserActor } from "../auth/actor.ts";
import { type ChangeDeps, changeMessage, unchanged } from "./change-message.ts";
import { requireWriter } from "./policy.ts";
import { requirePolicy } from "./require-policy.ts";
import { requireRate } from "./require-rate.ts";
import { countPins, setPin, takePin } from "./store.ts";

type PinDeps = ChangeDeps & Pick<Deps, "limiter" | "conversationTypes">;

/**
 * Pins a message for everybody in its conversation. One that is pinned stays as it is.
 * @throws AppError `not_found`, `message_deleted`, `too_many_pins`, `rate_limited`, `conversation_locked`,
 *   `conversation_archived`, `writers_only`
 */
export const pinMessage = (deps: PinDeps, actor: UserActor, messageId: string): Promise<Message> =>
  changeMessage(deps, actor, messageId, async (tx, message) => {
    const named = requirePolicy(deps, message.type);
    requireWriter(named.policy, message.role);
    if (message.deleted_at !== null) throw new AppError("message_deleted");
    if (message.pinned_at !== null) return unchanged;
    const [count] = await tx.query(countPins, [message.conversation_id]);
    if ((count?.pins ?? 0) >= limits.pinsPerConversation) {
      throw new AppError("too_many_pins", { detail: `At most ${limits.pinsPerConversation} are pinned at once.` });
    }
    await requireRate(deps, actor, named, "change");
    const [changed] = await tx.query(setPin, [messageId, actor.userId]);
    return changed;
  });

/**
 * Unpins a message, whoever pinned it. One that is not pinned stays as it is.
 * @throws AppError `not_found`, `rate_limited`, `conversation_locked`, `conversation_archived`, `writers_only`
 */
export const unpinMessage = (deps: PinDeps, actor: UserActor, messageId: string): Promise<Message> =>
  changeMessage(deps, actor, messageId, async (tx, message) => {
    const named = requirePolicy(deps, message.type);
    requireWriter(named.policy, message.role);
    if (message.pinned_at === null) return unchanged;
    await requireRate(deps, actor, named, "change");
    const [changed] = await tx.query(takePin, [messageId]);
    return changed;
  });
