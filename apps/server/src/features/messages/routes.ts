import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { deleteMessage } from "./delete-message.ts";
import { editMessage } from "./edit-message.ts";
import { listMessages } from "./list-messages.ts";
import { listPins } from "./list-pins.ts";
import { pinMessage, unpinMessage } from "./pin-message.ts";
import { restoreMessage } from "./restore-message.ts";
import { sendMessage } from "./send-message.ts";

export const messageRoutes: Pick<
  EndpointHandlers,
  | "listMessages"
  | "sendMessage"
  | "editMessage"
  | "deleteMessage"
  | "restoreMessage"
  | "pinMessage"
  | "unpinMessage"
  | "listPins"
> = {
  listMessages: async (deps, actor, { params, query }) => ({
    body: await listMessages(deps, actor, { conversationId: params.id, query }),
  }),
  sendMessage: async (deps, actor, { params, body }) => {
    const { message, repeated } = await sendMessage(deps, actor, { ...body, conversationId: params.id });
    return { status: repeated ? 200 : 201, body: { message } };
  },
  editMessage: async (deps, actor, { params, body }) => ({
    body: { message: await editMessage(deps, actor, { messageId: params.id, content: body.content }) },
  }),
  deleteMessage: async (deps, actor, { params }) => ({
    body: { message: await deleteMessage(deps, actor, params.id) },
  }),
  restoreMessage: async (deps, actor, { params }) => ({
    body: { message: await restoreMessage(deps, actor, params.id) },
  }),
  pinMessage: async (deps, actor, { params }) => ({ body: { message: await pinMessage(deps, actor, params.id) } }),
  unpinMessage: async (deps, actor, { params }) => ({ body: { message: await unpinMessage(deps, actor, params.id) } }),
  listPins: async (deps, actor, { params }) => ({ body: { messages: await listPins(deps, actor, params.id) } }),
};
