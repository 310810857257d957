import type { Endpoint } from "@parley/protocol";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { AppError, notFound } from "../app-error.ts";

interface ParsedRequest {
  params: unknown;
  query: unknown;
  body: unknown;
}

/**
 * Checks everything that a caller sent by the endpoint's schemas.
 * @throws AppError not_found for an id in the path that cannot be one, else invalid_request; neither repeats what was sent
 */
export function parseRequest(endpoint: Endpoint, request: FastifyRequest): ParsedRequest {
  return {
    params: parsePath(endpoint, request.params),
    query: endpoint.query && parsePart("query", endpoint.query, request.query),
    // A call without a body means one that says nothing.
    body: endpoint.body && parsePart("body", endpoint.body, request.body === undefined ? {} : request.body),
  };
}

function parsePath(endpoint: Endpoint, params: unknown): unknown {
  const result = endpoint.params?.safeParse(params);
  if (result === undefined || result.success) return result?.data;
  // PUT would make the thing of that id, so the caller needs to hear why it cannot.
  throw endpoint.method === "PUT" ? invalidRequest("path", result.error) : notFound();
}

function parsePart(part: "query" | "body", schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidRequest(part, result.error);
  return result.data;
}

/** At most this many faults are listed. */
const LISTED = 20;

/** Zod's messages name what was expected, but those of unknown keys and failed unions may hold what was sent. */
function invalidRequest(part: string, error: z.ZodError): AppError {
  const faults = error.issues.slice(0, LISTED).map((issue) => ({
    path: [part, ...knownPath(issue)].join("."),
    code: issue.code,
    message: issue.code === "unrecognized_keys" ? "Holds keys that are not known here." : issue.message,
  }));
  return new AppError("invalid_request", { errors: faults });
}

/** The keys of a record come from the caller. */
function knownPath(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  return issue.code === "invalid_key" ? path.slice(0, -1) : path.map((key) => key.slice(0, 64));
}
