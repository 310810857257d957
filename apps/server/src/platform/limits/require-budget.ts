import type { Deps } from "../../deps.ts";
import type { Actor } from "../../features/auth/actor.ts";
import { AppError } from "../app-error.ts";
import type { Budgets } from "./budgets.ts";

/**
 * Takes `points` from a budget of this person. The host, and callers whom nobody asks who they are, have none.
 * @throws AppError `rate_limited` with the time after which the budget is whole again
 */
export async function requireBudget(
  { limiter, budgets }: Pick<Deps, "limiter" | "budgets">,
  actor: Actor | null,
  name: keyof Budgets,
  points = 1,
): Promise<void> {
  if (actor?.kind !== "user" || points === 0) return;
  const { count, seconds } = budgets[name];
  const retryAfterMs = await limiter.take(`budget:${name}:${actor.userId}`, { count, seconds }, points);
  if (retryAfterMs > 0) {
    throw new AppError("rate_limited", { retryAfterMs, detail: `At most ${count} in ${seconds} seconds.` });
  }
}
