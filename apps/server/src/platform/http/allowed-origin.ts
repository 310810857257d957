import type { IncomingHttpHeaders } from "node:http";
import type { Config } from "../config.ts";

/**
 * Whether a browser's page of that origin may use the session: our own (PUBLIC_URL, or the host that was called) or one of
 * ALLOWED_ORIGINS. For the socket's handshake and for cookies.
 * @param host the request's Host header
 */
export function isAllowedOrigin(
  config: Pick<Config, "publicUrl" | "allowedOrigins">,
  origin: string,
  host: string | undefined,
): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (host !== undefined && url.host === host.toLowerCase()) return true;
  return url.origin === new URL(config.publicUrl).origin || config.allowedOrigins.includes(url.origin);
}

/**
 * Whether a request that a browser signs with a cookie by itself comes from a page of ours. Without an origin and without
 * Sec-Fetch-Site nothing shows that it does.
 */
export function comesFromOurPages(
  config: Pick<Config, "publicUrl" | "allowedOrigins">,
  headers: IncomingHttpHeaders,
): boolean {
  if (headers.origin !== undefined) return isAllowedOrigin(config, headers.origin, headers.host);
  return headers["sec-fetch-site"] === "same-origin";
}
