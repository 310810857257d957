import type { EndpointHandlers } from "../../platform/http/endpoint-handler.ts";
import { searchMessages } from "./search-messages.ts";

export const searchRoutes: Pick<EndpointHandlers, "search"> = {
  search: async (deps, actor, { query }) => ({ body: await searchMessages(deps, actor, query) }),
};
