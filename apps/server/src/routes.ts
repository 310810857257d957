import { authRoutes } from "./features/auth/routes.ts";
import { conversationRoutes } from "./features/conversations/routes.ts";
import { demoRoutes } from "./features/demo/routes.ts";
import { messageRoutes } from "./features/messages/routes.ts";
import { preferenceRoutes } from "./features/preferences/routes.ts";
import { reactionRoutes } from "./features/reactions/routes.ts";
import { receiptRoutes } from "./features/receipts/routes.ts";
import { searchRoutes } from "./features/search/routes.ts";
import { settingsRoutes } from "./features/settings/routes.ts";
import { syncRoutes } from "./features/sync/routes.ts";
import { userRoutes } from "./features/users/routes.ts";
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
  ...preferenceRoutes,
  ...settingsRoutes,
  ...syncRoutes,
  ...searchRoutes,
  ...demoRoutes,
  ...serviceRoutes(readiness),
});
