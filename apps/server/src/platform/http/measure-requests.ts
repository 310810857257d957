import type { FastifyInstance } from "fastify";
import type { Metrics } from "../metrics.ts";

/** Counts and times each request by its route, never by its address: that holds ids, and anybody can make up new ones. */
export function measureRequests(http: FastifyInstance, metrics: Pick<Metrics, "requestAnswered">): void {
  http.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    const { method } = request;
    metrics.requestAnswered({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
}
