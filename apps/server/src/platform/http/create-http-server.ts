import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import fastifyCookie from "@fastify/cookie";
import fastifyCors from "@fastify/cors";
import fastifyHelmet from "@fastify/helmet";
import { limits } from "@parley/protocol";
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Deps } from "../../deps.ts";
import { AppError, notFound } from "../app-error.ts";
import { traceRequests } from "../tracing/trace-requests.ts";
import { compressReplies } from "./compress-replies.ts";
import { registerDocsPage } from "./docs-page.ts";
import { serveEmbed } from "./embed-script.ts";
import type { EndpointHandlers } from "./endpoint-handler.ts";
import { logRequests, whichRequest } from "./log-requests.ts";
import { measureRequests } from "./measure-requests.ts";
import { sendProblem, toAppError } from "./problem-reply.ts";
import { registerEndpoints } from "./register-endpoints.ts";
import { securityHeaders } from "./security-headers.ts";
import { sendPage, serveWebApp, wantsPage } from "./web-app.ts";

/** The HTTP half of the server: API, reference page, web app. Not listening yet. */
export async function createHttpServer(deps: Deps, handlers: EndpointHandlers): Promise<FastifyInstance> {
  const http = fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    // Time to send a whole request; sockets have their own heartbeat.
    requestTimeout: 30_000,
    http: { headersTimeout: 15_000, maxHeaderSize: 16 * 1024 },
    rewriteUrl: ({ url = "/" }) => withReadablePath(url),
    // An id may be 128 characters of up to 12 bytes each in a path.
    routerOptions: { maxParamLength: limits.idLength * 12 },
    forceCloseConnections: "idle",
    // What still comes in while the server stops is answered like everything else, not with an error of the framework.
    return503OnClosing: false,
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, request, reply) => answerError(deps, error, request, reply),
  });
  http.server.maxHeadersCount = 100;
  http.setErrorHandler((error, request, reply) => answerError(deps, error, request, reply));
  http.setNotFoundHandler((request, reply) =>
    wantsPage(http, request) ? sendPage(http, request, reply) : sendProblem(reply, notFound()),
  );
  acceptOnlyJson(http);
  if (deps.tracing !== undefined) traceRequests(http, deps.tracing);
  logRequests(http, deps);
  measureRequests(http, deps.metrics);
  compressReplies(http);
  await http.register(fastifyHelmet, securityHeaders(deps.config));
  await http.register(fastifyCors, corsFor(deps));
  await http.register(fastifyCookie);
  registerEndpoints(http, deps, handlers);
  await registerDocsPage(http);
  await serveEmbed(http);
  await serveWebApp(http);
  return http;
}

/** A path that cannot be decoded leads to nothing: the framework would refuse it before our headers are set. */
function withReadablePath(url: string): string {
  const [path = "/"] = url.split("?", 1);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.startsWith("/api/") ? "/api/-" : "/-";
  }
}

const corsFor = ({ config }: Deps) => ({
  origin: [...config.allowedOrigins],
  credentials: true,
  methods: ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"],
  exposedHeaders: ["retry-after"],
  maxAge: 600,
});

/** JSON without keys that could reach a prototype; an empty body says nothing, whatever its type. */
function acceptOnlyJson(http: FastifyInstance): void {
  const parseJson = http.getDefaultJsonParser("error", "error");
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else void parseJson(request, body.toString(), done);
  });
}

function answerError(deps: Deps, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = toAppError(error);
  if (hasHungUp(error, reply)) return reply;
  deps.metrics.requestRefused(refusal.code);
  if (refusal.code === "internal") deps.logger.error({ ...whichRequest(request), err: error }, "request failed");
  return sendProblem(reply, refusal);
}

/** Whoever asked left before all of a file was out: nothing failed, and nobody is there to be told. */
const hasHungUp = (error: unknown, reply: FastifyReply): boolean =>
  reply.raw.destroyed && (error as { code?: string } | null)?.code === "ERR_STREAM_PREMATURE_CLOSE";

/** A connection that is refused gets this long to read why. */
const FAREWELL_MS = 1_000;

/** What is not even HTTP, or came too slowly or with too many headers, never reaches a route. */
function refuseConnection(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
  // A client that never hangs up must not keep it: from here on no time limit of Node's holds.
  setTimeout(() => socket.destroy(), FAREWELL_MS).unref();
  if (!socket.writable) return;
  const code = error.code === "HPE_HEADER_OVERFLOW" ? "payload_too_large" : "invalid_request";
  const problem = new AppError(code).toProblem();
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
