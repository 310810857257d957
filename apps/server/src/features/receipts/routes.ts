import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { getUnread } from "./get-unread.ts";
import { markAllRead } from "./mark-all-read.ts";
import { markRead } from "./mark-read.ts";
import { movePosition } from "./move-position.ts";

export const receiptRoutes: Pick<EndpointHandlers, "markRead" | "markDelivered" | "markAllRead" | "getUnread"> = {
  markRead: async (deps, actor, { params, body }) => ({
    body: await markRead(deps, actor, { conversationId: params.id, seq: body.seq }),
  }),
  markDelivered: async (deps, actor, { params, body }) => {
    await movePosition(deps, actor, "delivered", { conversationId: params.id, seq: body.seq });
    return { body: {} };
  },
  markAllRead: async (deps, actor) => ({ body: await markAllRead(deps, actor) }),
  getUnread: async (deps, actor) => ({ body: await getUnread(deps, actor) }),
};
