import type { FastifyInstance, FastifyRequest } from "fastify";
import type { OpenSpan, Tracing } from "./tracing.ts";

/** Asked by machines every few seconds, and of no interest. */
const UNTRACED: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** One span for each request of a known route, below the caller's own when it sent a `traceparent`. Register it before all other hooks. */
export function traceRequests(http: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  http.addHook("onRequest", (request, _reply, done) => {
    const route = request.routeOptions.url;
    if (route === undefined || UNTRACED.has(route)) {
      done();
      return;
    }
    const span = tracing.begin(`${request.method} ${route}`, {
      kind: "server",
      parent: request.headers.traceparent,
      facts: { "http.request.method": request.method, "http.route": route },
    });
    spans.set(request, span);
    span.run(done);
  });
  // Reading the body has left the context: it goes on in the events of the connection.
  http.addHook("preValidation", (request, _reply, done) => within(spans.get(request), done));
  http.addHook("onResponse", (request, reply, done) => {
    const { statusCode } = reply;
    const failure = statusCode >= 500 ? String(statusCode) : undefined;
    spans.get(request)?.end({ "http.response.status_code": statusCode }, failure);
    within(spans.get(request), done);
  });
}

const within = (span: OpenSpan | undefined, done: () => void): void => (span === undefined ? done() : span.run(done));
