import type { CommandHandlers } from "../../platform/realtime/command-handler.ts";
import { markRead } from "./mark-read.ts";
import { movePosition } from "./move-position.ts";

export const receiptCommands: Pick<CommandHandlers, "receipt:read" | "receipt:delivered"> = {
  "receipt:read": (deps, { actor }, input) => markRead(deps, actor, input),
  "receipt:delivered": async (deps, { actor }, input) => {
    await movePosition(deps, actor, "delivered", input);
    return {};
  },
};
