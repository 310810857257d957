import type { IncomingHttpHeaders } from "node:http";
import { AppError } from "../app-error.ts";

/** Whether pages of this origin may open sockets. `host` is the host that the request was sent to. */
export type IsAllowedOrigin = (origin: string, host: string | undefined) => boolean;

interface Handshake {
  readonly headers: IncomingHttpHeaders;
  readonly auth: Record<string, unknown>;
}

const COOKIE = "parley_token";
/** As in the command auth:refresh. */
const MAX_TOKEN_LENGTH = 8_192;

/**
 * Finds the token: `auth.token`, else the header Authorization, else the cookie. The cookie counts only when the
 * browser itself says that the page asking is one of ours: programs that send no Origin bring a token.
 * @throws AppError `origin_not_allowed` or `unauthenticated`
 */
export function readHandshake({ headers, auth }: Handshake, isAllowedOrigin: IsAllowedOrigin): string {
  const { origin } = headers;
  if (origin !== undefined && !isAllowedOrigin(origin, headers.host)) throw new AppError("origin_not_allowed");
  // A page's own polling request is a GET to its own origin: it has no Origin, but this header, which no page can forge.
  const isFromOurPage = origin !== undefined || headers["sec-fetch-site"] === "same-origin";
  const token =
    auth["token"] ?? readBearer(headers.authorization) ?? (isFromOurPage ? readCookie(headers.cookie) : null);
  if (typeof token !== "string" || token === "" || token.length > MAX_TOKEN_LENGTH) {
    throw new AppError("unauthenticated");
  }
  return token;
}

const readBearer = (header: string | undefined): string | null => /^Bearer +(\S+)$/i.exec(header ?? "")?.[1] ?? null;

function readCookie(header: string | undefined): string | null {
  const entries = (header ?? "").split(";").map((entry) => entry.trim());
  return entries.find((entry) => entry.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? null;
}
