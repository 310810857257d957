import { type ErrorCode, errors, type Problem } from "@parley/protocol";
import type { FastifyError, FastifyReply } from "fastify";
import { AppError } from "../app-error.ts";

/** When a refusal that may pass does not say so itself. */
const USUAL_RETRY_MS = 1_000;

/** Answers with an RFC 9457 problem; 429 and 503 say when to come back. */
export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  const problem = withRetry(error.toProblem());
  if (problem.retryAfterMs !== undefined)
    reply.header("retry-after", Math.max(1, Math.ceil(problem.retryAfterMs / 1000)));
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .serializer(JSON.stringify)
    .send(problem);
}

function withRetry(problem: Problem): Problem {
  const temporary = problem.status === 429 || problem.status === 503;
  return temporary ? { ...problem, retryAfterMs: problem.retryAfterMs ?? USUAL_RETRY_MS } : problem;
}

/** Statuses that the framework refuses with by itself. */
const OF_THE_FRAMEWORK = new Map<number, ErrorCode>([
  [errors.payload_too_large.status, "payload_too_large"],
  [errors.unsupported_media_type.status, "unsupported_media_type"],
  [errors.overloaded.status, "unavailable"],
]);

/** What a caller gets to see of anything that was thrown. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = (error as Partial<FastifyError> | null)?.statusCode ?? 500;
  const code = OF_THE_FRAMEWORK.get(status);
  if (code !== undefined) return new AppError(code, { cause: error });
  if (status === 400 && isNoJson(error)) {
    return new AppError("invalid_request", { detail: "The body is not valid JSON.", cause: error });
  }
  // The framework's own refusals are all about what was sent; their texts may repeat it.
  return new AppError(status >= 400 && status < 500 ? "invalid_request" : "internal", { cause: error });
}

/** Malformed, or with a key that could reach a prototype. */
function isNoJson(error: unknown): boolean {
  const { code, name } = error as Partial<FastifyError>;
  return code === "FST_ERR_CTP_INVALID_JSON_BODY" || name === "SyntaxError";
}
