import type { CommandHandlers } from "../../platform/realtime/command-handler.ts";

export const authCommands = {
  "auth:refresh": async (_deps, { connection }, { token }) => {
    const { expiresAt } = await connection.refresh(token);
    return { expiresAt: new Date(expiresAt).toISOString() };
  },
} satisfies Partial<CommandHandlers>;
