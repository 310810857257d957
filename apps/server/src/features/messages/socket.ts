import type { CommandHandlers } from "../../platform/realtime/command-handler.ts";
import { deleteMessage } from "./delete-message.ts";
import { editMessage } from "./edit-message.ts";
import { restoreMessage } from "./restore-message.ts";
import { sendMessage } from "./send-message.ts";

export const messageCommands: Pick<
  CommandHandlers,
  "message:send" | "message:edit" | "message:delete" | "message:restore"
> = {
  "message:send": async (deps, { actor }, input) => {
    const { message } = await sendMessage(deps, actor, input);
    return { message };
  },
  "message:edit": async (deps, { actor }, input) => ({ message: await editMessage(deps, actor, input) }),
  "message:delete": async (deps, { actor }, { messageId }) => ({
    message: await deleteMessage(deps, actor, messageId),
  }),
  "message:restore": async (deps, { actor }, { messageId }) => ({
    message: await restoreMessage(deps, actor, messageId),
  }),
};
