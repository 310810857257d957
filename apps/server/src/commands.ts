import { authCommands } from "./features/auth/socket.ts";
import { messageCommands } from "./features/messages/socket.ts";
import { presenceCommands } from "./features/presence/socket.ts";
import { reactionCommands } from "./features/reactions/socket.ts";
import { receiptCommands } from "./features/receipts/socket.ts";
import { typingCommands } from "./features/typing/socket.ts";
import type { CommandHandlers } from "./platform/realtime/command-handler.ts";

/** Every command of the catalogue and what answers it; a missing one does not compile. */
export const commandHandlers: CommandHandlers = {
  ...authCommands,
  ...presenceCommands,
  ...typingCommands,
  ...messageCommands,
  ...reactionCommands,
  ...receiptCommands,
};
