import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { UserActor } from "../auth/actor.ts";
import type { NamedPolicy } from "../conversations/conversation-policies.ts";

/**
 * Takes one from the user's budget for this type; sending and changing have budgets of their own.
 * @throws AppError `rate_limited` with the time after which the next one is allowed
 */
export async function requireRate(
  { limiter }: Pick<Deps, "limiter">,
  actor: UserActor,
  { name, policy }: NamedPolicy,
  action: "message" | "change",
): Promise<void> {
  if (policy.messageRate === null) return;
  const retryAfterMs = await limiter.take(`${action}:${name}:${actor.userId}`, policy.messageRate);
  if (retryAfterMs === 0) return;
  const { count, seconds } = policy.messageRate;
  throw new AppError("rate_limited", { retryAfterMs, detail: `At most ${count} in ${seconds} seconds.` });
}
