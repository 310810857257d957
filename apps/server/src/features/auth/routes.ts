import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { getProfile } from "../users/get-profile.ts";

export const authRoutes: Pick<EndpointHandlers, "getSession"> = {
  getSession: async (deps, actor) => ({
    body: {
      user: await getProfile(deps, actor.userId),
      expiresAt: new Date(actor.expiresAt).toISOString(),
      demo: deps.config.demo,
    },
  }),
};
