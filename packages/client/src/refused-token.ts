import type { ChatError } from "./chat-error.ts";

/** The token was refused, not the request: with another one the same request may succeed. */
export function isRefusedToken(error: ChatError): boolean {
  return error.code === "unauthenticated" || error.code === "token_expired";
}
