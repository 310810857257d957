import type { IncomingMessage, ServerResponse } from "node:http";

/** Sockets begin with GET and go on with GET and POST. Engine.IO would answer 500 to the other methods in a session. */
export function refuseMethods(
  request: IncomingMessage,
  _response: ServerResponse,
  next: (error?: Error) => void,
): void {
  if (request.method === "GET" || request.method === "POST") next();
  else next(new Error("Sockets know only GET and POST."));
}
