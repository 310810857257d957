import { AppError } from "../../platform/app-error.ts";
import type { Rate } from "../../platform/limits/rate-limiter.ts";
import type { CommandHandlers } from "../../platform/realtime/command-handler.ts";

/** Heartbeats of one connection. Each change is told to many people: flipping to and fro must not become a storm. */
const HEARTBEATS: Rate = { count: 20, seconds: 10 };

export const presenceCommands = {
  "presence:set": async ({ presence, limiter }, { actor, connection }, { status }) => {
    const retryAfterMs = await limiter.take(`presence:${connection.id}`, HEARTBEATS);
    if (retryAfterMs > 0) throw new AppError("rate_limited", { retryAfterMs });
    presence.renew(actor.userId, connection.id, status);
    return {};
  },
} satisfies Partial<CommandHandlers>;
