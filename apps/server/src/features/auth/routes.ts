import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { getProfile } from "../users/get-profile.ts";
import { signOut, signOutEverywhere } from "./sign-out.ts";

export const authRoutes: Pick<EndpointHandlers, "getSession" | "signOut" | "signOutUser"> = {
  getSession: async (deps, actor) => ({
    body: {
      user: await getProfile(deps, actor.userId),
      expiresAt: new Date(actor.expiresAt).toISOString(),
      demo: deps.config.demo,
    },
  }),
  signOut: async (deps, actor) => {
    await signOut(deps, actor);
    return { body: {} };
  },
  signOutUser: async (deps, _actor, { params }) => {
    await signOutEverywhere(deps, params.id);
    return { body: {} };
  },
};
