import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { requireBudget } from "../../platform/limits/require-budget.ts";
import { addParticipant } from "./add-participant.ts";
import { changeConversation } from "./change-conversation.ts";
import { changeParticipant } from "./change-participant.ts";
import { getConversation } from "./get-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { openConversation } from "./open-conversation.ts";
import { removeParticipant } from "./remove-participant.ts";

export const conversationRoutes: Pick<
  EndpointHandlers,
  | "openConversation"
  | "listConversations"
  | "getConversation"
  | "changeConversation"
  | "addParticipant"
  | "changeParticipant"
  | "removeParticipant"
> = {
  openConversation: async (deps, actor, { body }) => {
    await requireBudget(deps, actor, "opens");
    await requireBudget(deps, actor, "peopleAdded", body.participants.length);
    const { conversation, created } = await openConversation(deps, actor, body);
    return { status: created ? 201 : 200, body: { conversation } };
  },
  listConversations: async (deps, actor, { query }) => ({ body: await listConversations(deps, actor, query) }),
  getConversation: async (deps, actor, { params }) => ({
    body: { conversation: await getConversation(deps, actor, params.id) },
  }),
  changeConversation: async (deps, actor, { params, body }) => {
    await requireBudget(deps, actor, "conversationChanges");
    return { body: { conversation: await changeConversation(deps, actor, { id: params.id, change: body }) } };
  },
  addParticipant: async (deps, actor, { params, body }) => {
    const { userId, role = "member" } = body;
    await requireBudget(deps, actor, "peopleAdded");
    const { conversation, added } = await addParticipant(deps, actor, { id: params.id, userId, role });
    return { status: added ? 201 : 200, body: { conversation } };
  },
  changeParticipant: async (deps, actor, { params, body }) => {
    await requireBudget(deps, actor, "conversationChanges");
    return { body: { conversation: await changeParticipant(deps, actor, { ...params, role: body.role }) } };
  },
  removeParticipant: async (deps, actor, { params }) => {
    await requireBudget(deps, actor, "conversationChanges");
    await removeParticipant(deps, actor, params);
    return { body: {} };
  },
};
