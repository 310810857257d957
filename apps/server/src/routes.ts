import { authRoutes } from "./features/auth/routes.ts";
import { conversationRoutes } from "./features/conversations/routes.ts";
import { demoRoutes } from "./features/demo/routes.ts";
import { messageRoutes } from "./features/messages/routes.ts";
import { reactionRoutes } from "./features/reactions/routes.ts";
import { receiptRoutes } from "./features/receipts/routes.ts";
import { searchRoutes } from "./features/search/routes.ts";
import { syncRoutes } from "./features/sync/routes.ts";
import { userRoutes } from "./features/users/routes.ts";
import { routesToCome } from "./not-there-yet.ts";
import type { EndpointHandlers } from "./platform/http/endpoint-handler.ts";
import { type Readiness, serviceRoutes } from "./platform/http/service-routes.ts";

/** Every endpoint of the catalogue and what answers it; a missing one does not compile. */
export const createRoutes = (readiness: Readiness): EndpointHandlers => ({
  ...authRoutes,
  ...userRoutes,
  ...conversationRoutes,
  ...messageRoutes,
  ...reactionRoutes,
  ...receiptRoutes,
  ...syncRoutes,
  ...searchRoutes,
  ...routesToCome,
  ...demoRoutes,
  ...serviceRoutes(readiness),
});
