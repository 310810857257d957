import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { demoPeople } from "./people.ts";
import { signIn } from "./sign-in.ts";

export const demoRoutes: Pick<EndpointHandlers, "listDemoPeople" | "demoSignIn"> = {
  listDemoPeople: async () => ({ body: { people: [...demoPeople] } }),
  demoSignIn: async (deps, _actor, { body }) => ({ body: await signIn(deps, body.userId) }),
};
