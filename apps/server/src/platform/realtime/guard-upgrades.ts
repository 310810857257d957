import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

const REFUSAL = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/**
 * Node lets go of a connection that asks for an upgrade, its error listener and its time limits included. Answers to requests
 * that came before on it may still be under way: when the client hangs up then, that error must not be one that nobody caught.
 * And Engine.IO, which takes upgrades below `path` alone, never ends a connection over which others were answered before.
 *
 * An upgrade to something else than a WebSocket is only an offer, which RFC 9110 lets a server pass over: Java's client makes one
 * (HTTP/2) with its first request of every connection. Such a request is answered as if it had made none.
 */
export function guardUpgrades(server: Server, path: string): void {
  server.prependListener("upgrade", (request, socket, head) => {
    const isOurs = request.url?.startsWith(`${path}/`) !== true;
    if (isOurs && isOffer(request, server, socket)) {
      socket.unshift(Buffer.concat([withoutOffer(request), head]));
      server.emit("connection", socket);
      return;
    }
    socket.on("error", () => socket.destroy());
    if (isOurs) socket.end(REFUSAL, () => socket.destroy());
  });
}

/** Not when headers may have been left out, by which the body could be read as another request, or while others are being answered. */
function isOffer({ headers, rawHeaders }: IncomingMessage, { maxHeadersCount }: Server, socket: Duplex): boolean {
  const isBusy = (socket as { _httpMessage?: unknown })._httpMessage != null;
  const isWhole = maxHeadersCount === null || rawHeaders.length / 2 < maxHeadersCount;
  return headers.upgrade?.toLowerCase().includes("websocket") === false && isWhole && !isBusy;
}

/** The head of the request as it came, byte by byte, but for the offer. */
function withoutOffer({ method, url, httpVersion, headers, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    if (!/^(?:upgrade|http2-settings|connection)$/i.test(name)) lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  if (/\bclose\b/i.test(headers.connection ?? "")) lines.push("Connection: close");
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
