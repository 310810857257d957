import type { ConversationTypePolicy } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { UserActor } from "../auth/actor.ts";
import { requireParticipant } from "../participants/require-participant.ts";

type SearchRate = ConversationTypePolicy["searchRate"];

/**
 * Takes one from the person's budget: of the conversation's type, or, over all conversations, the strictest of all types.
 * Every page counts.
 * @throws AppError `not_found` when the actor does not take part there, `rate_limited`, `unknown_conversation_type`
 */
export async function requireSearchRate(
  deps: Pick<Deps, "db" | "limiter" | "conversationTypes">,
  actor: UserActor,
  conversationId: string | undefined,
): Promise<void> {
  const { name, rate } = await rateOf(deps, actor, conversationId);
  if (rate === null) return;
  const retryAfterMs = await deps.limiter.take(`search:${name}:${actor.userId}`, rate);
  if (retryAfterMs === 0) return;
  const { count, seconds } = rate;
  throw new AppError("rate_limited", { retryAfterMs, detail: `At most ${count} in ${seconds} seconds.` });
}

async function rateOf(
  deps: Pick<Deps, "db" | "conversationTypes">,
  actor: UserActor,
  conversationId: string | undefined,
): Promise<{ name: string; rate: SearchRate }> {
  const { conversationTypes } = deps;
  if (conversationId === undefined) return { name: "", rate: strictest(conversationTypes.values()) };
  const { type } = await requireParticipant(deps, actor, conversationId);
  const policy = conversationTypes.get(type);
  if (policy === undefined) throw new AppError("unknown_conversation_type");
  return { name: type, rate: policy.searchRate };
}

function strictest(policies: Iterable<ConversationTypePolicy>): SearchRate {
  let strictest: SearchRate = null;
  for (const { searchRate } of policies) {
    if (searchRate === null) continue;
    if (strictest === null || perSecond(searchRate) < perSecond(strictest)) strictest = searchRate;
  }
  return strictest;
}

const perSecond = ({ count, seconds }: NonNullable<SearchRate>): number => count / seconds;
