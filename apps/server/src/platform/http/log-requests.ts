import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Logger } from "../logger.ts";

/** One line for each request when it was answered: never its query, headers or contents. */
export function logRequests(http: FastifyInstance, logger: Logger): void {
  http.addHook("onResponse", async (request, reply) => {
    const level = reply.statusCode >= 500 ? "warn" : "debug";
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    logger[level]({ ...whichRequest(request), status: reply.statusCode, ms }, "request");
  });
}

/** Which request it was, for a log line. */
export function whichRequest(request: FastifyRequest): Record<string, string> {
  return { requestId: request.id, method: request.method, path: request.url.split("?", 1)[0] ?? "" };
}
