import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";

/** Of requests that were turned away because the server is full there is one line in this time, whatever their number. */
const BUSY_INTERVAL_MS = 10_000;

interface LogDeps {
  readonly logger: Logger;
  readonly clock: Pick<Clock, "now">;
}

/**
 * One line for each request when it was answered: never its query, headers or contents. A flood that is turned away with 503
 * does not become one of lines: each line tells how many stayed unwritten before it, and the metrics count them all.
 */
export function logRequests(http: FastifyInstance, { logger, clock }: LogDeps): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  let unwritten = 0;
  http.addHook("onResponse", async (request, reply) => {
    const level = reply.statusCode >= 500 ? "warn" : "debug";
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    const line = { ...whichRequest(request), status: reply.statusCode, ms };
    if (reply.statusCode !== 503) return logger[level](line, "request");
    const now = clock.now();
    // Either way: a clock that was set back does not silence it for long.
    if (Math.abs(now - toldAt) < BUSY_INTERVAL_MS) {
      unwritten += 1;
      return;
    }
    logger.warn({ ...line, unwritten }, "request");
    toldAt = now;
    unwritten = 0;
  });
}

/** Which request it was, for a log line. */
export function whichRequest(request: FastifyRequest): Record<string, string> {
  return { requestId: request.id, method: request.method, path: request.url.split("?", 1)[0] ?? "" };
}
