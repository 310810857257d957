import type { Endpoint } from "@parley/protocol";
import type { FastifyRequest } from "fastify";
import type { Deps } from "../../deps.ts";
import type { Actor } from "../../features/auth/actor.ts";
import { authenticate } from "../../features/auth/authenticate.ts";
import { AppError } from "../app-error.ts";
import { comesFromAPage, comesFromOurPages } from "./allowed-origin.ts";

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

/**
 * A browser sends the cookie whoever asks it to: nothing may come from a page that is not ours, and anything but reading must
 * show that it comes from one of ours. A foreign page could read nothing, but use up what its visitor may ask.
 */
async function resolveByCookie(deps: Deps, endpoint: Endpoint, request: FastifyRequest): Promise<Actor> {
  const token = request.cookies[TOKEN_COOKIE];
  const isOurs = comesFromOurPages(deps.config, request.headers);
  const isHarmless = endpoint.method === "GET" && !comesFromAPage(request.headers);
  if (token !== undefined && !isOurs && !isHarmless) throw new AppError("origin_not_allowed");
  return authenticate(deps, token);
}
