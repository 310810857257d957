import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { requireBudget } from "../../platform/limits/require-budget.ts";
import { findSettings } from "../users/store.ts";
import { changeSettings } from "./change-settings.ts";

export const settingsRoutes: Pick<EndpointHandlers, "getSettings" | "changeSettings"> = {
  getSettings: async (deps, actor) => ({ body: { settings: await findSettings(deps.db, actor.userId) } }),
  changeSettings: async (deps, actor, { body }) => {
    await requireBudget(deps, actor, "ownChanges");
    return { body: { settings: await changeSettings(deps, actor, body) } };
  },
};
