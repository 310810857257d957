import { AppError } from "../app-error.ts";
import { asyncApiDocument } from "./asyncapi.ts";
import type { EndpointHandlers } from "./endpoint-handler.ts";
import { openApiDocument } from "./openapi.ts";

/** Whether this process takes new work. */
export interface Readiness {
  draining: boolean;
}

type ServiceEndpoint = "healthz" | "readyz" | "metrics" | "getOpenApi" | "getAsyncApi";

/** What the server says of itself. */
export function serviceRoutes(readiness: Readiness): EndpointHandlers<ServiceEndpoint> {
  return {
    healthz: async () => ({ body: { status: "ok" } }),
    readyz: async (deps) => {
      if (readiness.draining) throw new AppError("unavailable", { detail: "The server is stopping." });
      try {
        await deps.db.ping();
      } catch (cause) {
        throw new AppError("unavailable", { detail: "The database does not answer.", cause });
      }
      return { body: { status: "ready" } };
    },
    metrics: async (deps) => ({ body: await deps.metrics.render() }),
    getOpenApi: async (deps) => ({ body: openApiDocument(deps.config) }),
    getAsyncApi: async (deps) => ({ body: asyncApiDocument(deps.config) }),
  };
}
