import type { CommandHandlers } from "../../platform/realtime/command-handler.ts";
import { deleteMessage } from "./delete-message.ts";
import { editMessage } from "./edit-message.ts";
import { sendMessage } from "./send-message.ts";

export const messageCommands: Pick<CommandHandlers, "message:send" | "message:edit" | "message:delete"> = {
  "message:send": async (deps, { actor }, input) => {
    const { message } = await sendMessage(deps, actor, input);
    return { message };
  },
  "message:edit": async (deps, { actor }, input) => ({ message: await editMessage(deps, actor, input) }),
  "message:delete": async (deps, { actor }, { messageId }) => ({
    message: await deleteMessage(deps, actor, messageId),
  }),
};
