import type { CommandHandlers } from "../../platform/realtime/command-handler.ts";

export const presenceCommands = {
  "presence:set": async ({ presence }, { actor, connection }, { status }) => {
    presence.renew(actor.userId, connection.id, status);
    return {};
  },
} satisfies Partial<CommandHandlers>;
