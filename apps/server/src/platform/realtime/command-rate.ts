import type { Rate } from "../limits/rate-limiter.ts";

/** What a connection remembers of its rate: until when it has used up what it may do, in milliseconds since the epoch. */
export interface CommandBudget {
  commandsUsedUntil: number;
}

/**
 * Takes one command from a connection's own budget. It lies in the connection, not behind the port of the limits: it is
 * asked for every command, means nothing to other processes and ends with the connection.
 * @returns 0 when the command may run, else the milliseconds after which the next one may
 */
export function takeCommand(budget: CommandBudget, { count, seconds }: Rate, now: number): number {
  const windowMs = seconds * 1_000;
  // Further ahead than the window: the clock was put back, and would refuse every command until it is there again.
  if (budget.commandsUsedUntil > now + windowMs) budget.commandsUsedUntil = now;
  const usedUntil = Math.max(budget.commandsUsedUntil, now) + windowMs / count;
  const waitMs = usedUntil - windowMs - now;
  if (waitMs > 0) return Math.ceil(waitMs);
  budget.commandsUsedUntil = usedUntil;
  return 0;
}
