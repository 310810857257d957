import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { requireBudget } from "../../platform/limits/require-budget.ts";
import { changePreferences } from "./change-preferences.ts";

export const preferenceRoutes: Pick<EndpointHandlers, "changePreferences"> = {
  changePreferences: async (deps, actor, { params, body }) => {
    await requireBudget(deps, actor, "ownChanges");
    return { body: { preferences: await changePreferences(deps, actor, { id: params.id, input: body }) } };
  },
};
