import type { Endpoint } from "@parley/protocol";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { AppError, notFound } from "../app-error.ts";
import { listFaults } from "../list-faults.ts";

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
    query: endpoint.query && parsePart(endpoint.query, request.query),
    // A call without a body means one that says nothing.
    body: endpoint.body && parsePart(endpoint.body, request.body === undefined ? {} : request.body),
  };
}

function parsePath(endpoint: Endpoint, params: unknown): unknown {
  const result = endpoint.params?.safeParse(params);
  if (result === undefined || result.success) return result?.data;
  // PUT would make the thing of that id, so the caller needs to hear why it cannot.
  throw endpoint.method === "PUT" ? invalidRequest(result.error) : notFound();
}

function parsePart(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidRequest(result.error);
  return result.data;
}

const invalidRequest = (error: z.ZodError): AppError => new AppError("invalid_request", { errors: listFaults(error) });
