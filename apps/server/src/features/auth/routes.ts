import type { PublicTypePolicy } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { getProfile } from "../users/get-profile.ts";
import { findSettings } from "../users/store.ts";
import { signOut, signOutEverywhere } from "./sign-out.ts";

const publicPolicies = ({ conversationTypes }: Pick<Deps, "conversationTypes">): Record<string, PublicTypePolicy> =>
  Object.fromEntries(
    [...conversationTypes].map(([name, { openBy, maxTextLength, editWindowSeconds, writers }]) => [
      name,
      { openBy, maxTextLength, editWindowSeconds, writers },
    ]),
  );

export const authRoutes: Pick<EndpointHandlers, "getSession" | "signOut" | "signOutUser"> = {
  getSession: async (deps, actor) => ({
    body: {
      user: await getProfile(deps, actor.userId),
      expiresAt: new Date(actor.expiresAt).toISOString(),
      demo: deps.config.demo,
      conversationTypes: publicPolicies(deps),
      settings: await findSettings(deps.db, actor.userId),
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
