import type { IncomingHttpHeaders } from "node:http";
import type { Config } from "../config.ts";

/** Where a request without TLS never leaves the machine. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a browser's page of that origin may use the session: our own (PUBLIC_URL, or the host that was called) or one of
 * ALLOWED_ORIGINS. For the socket's handshake and for cookies. Where PUBLIC_URL says https, a page of the host that was
 * called must have come over TLS as well: without it anybody on the way can put one there.
 * @param host the request's Host header
 */
export function isAllowedOrigin(
  config: Pick<Config, "publicUrl" | "allowedOrigins">,
  origin: string,
  host: string | undefined,
): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  const own = new URL(config.publicUrl);
  if (url.origin === own.origin || config.allowedOrigins.includes(url.origin)) return true;
  if (url.host !== host?.toLowerCase()) return false;
  return url.protocol === "https:" || own.protocol !== "https:" || LOOPBACK.has(url.hostname);
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

/** Whether a page has made the request, any page; `none` is somebody's own doing, as an address that was typed. */
export const comesFromAPage = (headers: IncomingHttpHeaders): boolean =>
  headers.origin !== undefined || (headers["sec-fetch-site"] ?? "none") !== "none";
