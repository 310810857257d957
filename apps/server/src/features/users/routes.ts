import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { changeProfile } from "./change-profile.ts";

export const userRoutes: Pick<EndpointHandlers, "putUser"> = {
  putUser: async (deps, actor, { params, body }) => ({
    body: { user: await changeProfile(deps, actor, { userId: params.id, change: body }) },
  }),
};
