import type { ConversationTypePolicy } from "@parley/protocol";
import type { Actor } from "../auth/actor.ts";

export interface NamedPolicy {
  name: string;
  policy: ConversationTypePolicy;
}

/** The policy of a given conversation. */
export interface ConversationPolicies {
  /**
   * What stands remembered says nothing of the actor's access: who refuses by a policy calls `requireParticipant` first.
   * @throws AppError `not_found`, `unknown_conversation_type`
   */
  of(actor: Actor, conversationId: string): Promise<NamedPolicy>;
}
