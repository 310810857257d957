import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { sync } from "./sync.ts";

export const syncRoutes: Pick<EndpointHandlers, "sync"> = {
  sync: async (deps, actor, { body }) => ({ body: await deps.catchUps.run(() => sync(deps, actor, body)) }),
};
