import { type Endpoint, type EndpointName, endpoints } from "@parley/protocol";
import type { FastifyInstance } from "fastify";
import type { Deps } from "../../deps.ts";
import type { Actor } from "../../features/auth/actor.ts";
import { requireBudget } from "../limits/require-budget.ts";
import type { EndpointHandlers } from "./endpoint-handler.ts";
import { parseRequest } from "./parse-request.ts";
import { resolveActor } from "./resolve-actor.ts";
import { compileSerializers } from "./serialize-reply.ts";

/** A handler as one of many: the schemas have made sure that it gets what its type says. */
type AnyHandler = (
  deps: Deps,
  actor: Actor | null,
  input: ReturnType<typeof parseRequest>,
) => Promise<{ status?: number; body: unknown }>;

/** Gives every endpoint of the catalogue its route; those of the demo only in demo mode. */
export function registerEndpoints(http: FastifyInstance, deps: Deps, handlers: EndpointHandlers): void {
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const endpoint: Endpoint = endpoints[name];
    if (endpoint.demo && !deps.config.demo) continue;
    registerEndpoint(http, deps, endpoint, handlers[name] as AnyHandler);
  }
}

function registerEndpoint(http: FastifyInstance, deps: Deps, endpoint: Endpoint, handler: AnyHandler): void {
  const serializers = compileSerializers(endpoint);
  http.route({
    method: endpoint.method,
    url: endpoint.path,
    ...(endpoint.bodyBytes === undefined ? {} : { bodyLimit: endpoint.bodyBytes }),
    handler: async (request, reply) => {
      const actor = await resolveActor(deps, endpoint, request);
      await requireBudget(deps, actor, "requests");
      const { status = 200, body } = await handler(deps, actor, parseRequest(endpoint, request));
      const serialize = serializers.get(status);
      if (serialize === undefined) throw new Error(`${endpoint.method} ${endpoint.path} has no reply ${status}.`);
      const text = serialize(body);
      const type = typeof body === "string" ? "text/plain; version=0.0.4" : "application/json";
      return reply.code(status).header("cache-control", "no-store").type(`${type}; charset=utf-8`).send(text);
    },
  });
}
