import type { Deps } from "../../deps.ts";
import { AppError, notFound } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { Actor } from "../auth/actor.ts";
import { requireParticipant } from "../participants/require-participant.ts";
import type { ConversationPolicies } from "./conversation-policies.ts";
import { findType } from "./store.ts";

const REMEMBERED = 50_000;

/** Finds the policy by the conversation's type; a conversation never changes its type, so that is remembered. */
export function createConversationPolicies(deps: Pick<Deps, "db" | "conversationTypes">): ConversationPolicies {
  const types = new Map<string, string>();
  const load = async (actor: Actor, conversationId: string): Promise<string> => {
    const type = await findConversationType(deps, actor, conversationId);
    const oldest = types.keys().next();
    if (types.size >= REMEMBERED && !oldest.done) types.delete(oldest.value);
    types.set(conversationId, type);
    return type;
  };
  return {
    of: async (actor, conversationId) => {
      const name = types.get(conversationId) ?? (await load(actor, conversationId));
      const policy = deps.conversationTypes.get(name);
      // A type that was taken out of the configuration, with conversations left behind.
      if (policy === undefined) throw new AppError("unknown_conversation_type");
      return { name, policy };
    },
  };
}

async function findConversationType(deps: Pick<Deps, "db">, actor: Actor, conversationId: string): Promise<string> {
  if (!isUuid(conversationId)) throw notFound();
  if (actor.kind === "user") return (await requireParticipant(deps, actor, conversationId)).type;
  const [found] = await deps.db.query(findType, [conversationId]);
  if (found === undefined) throw notFound();
  return found.type;
}
