import type { Endpoint } from "@parley/protocol";
import type { FastifyRequest } from "fastify";
import type { Deps } from "../../deps.ts";
import type { Actor } from "../../features/auth/actor.ts";
import { authenticate } from "../../features/auth/authenticate.ts";
import { AppError } from "../app-error.ts";
import { comesFromOurPages } from "./allowed-origin.ts";

/** The cookie that carries the host's token. */
export const TOKEN_COOKIE = "parley_token";

/**
 * Who is calling, among those who may. null where anyone may.
 * @throws AppError unauthenticated, token_expired, forbidden, origin_not_allowed, unavailable
 */
export async function resolveActor(deps: Deps, endpoint: Endpoint, request: FastifyRequest): Promise<Actor | null> {
  if (endpoint.callers.includes("anyone")) return null;
  const { authorization } = request.headers;
  const actor =
    authorization === undefined
      ? await resolveByCookie(deps, endpoint, request)
      : await authenticate(deps, /^bearer +(\S+)$/i.exec(authorization)?.[1]);
  if (!endpoint.callers.includes(actor.kind)) throw new AppError("forbidden");
  return actor;
}

/** A browser sends the cookie whoever asks it to, so anything but reading must come from a page of ours. */
async function resolveByCookie(deps: Deps, endpoint: Endpoint, request: FastifyRequest): Promise<Actor> {
  const token = request.cookies[TOKEN_COOKIE];
  const reads = endpoint.method === "GET";
  if (token !== undefined && !reads && !comesFromOurPages(deps.config, request.headers)) {
    throw new AppError("origin_not_allowed");
  }
  return authenticate(deps, token);
}
