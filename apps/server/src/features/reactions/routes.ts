import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { addReaction, removeReaction } from "./react.ts";

export const reactionRoutes: Pick<EndpointHandlers, "addReaction" | "removeReaction"> = {
  addReaction: async (deps, actor, { params, body }) => ({
    body: { message: await addReaction(deps, actor, { messageId: params.id, emoji: body.emoji }) },
  }),
  removeReaction: async (deps, actor, { params }) => ({
    body: { message: await removeReaction(deps, actor, { messageId: params.id, emoji: params.emoji }) },
  }),
};
