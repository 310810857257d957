import type { Server } from "node:http";

const REFUSAL = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/**
 * Node lets go of a connection that asks for an upgrade, its error listener and its time limits included. Answers to requests
 * that came before on it may still be under way: when the client hangs up then, that error must not be one that nobody caught.
 * And Engine.IO, which takes upgrades below `path` alone, never ends a connection over which others were answered before.
 */
export function guardUpgrades(server: Server, path: string): void {
  server.prependListener("upgrade", (request, socket) => {
    socket.on("error", () => socket.destroy());
    if (request.url?.startsWith(`${path}/`) !== true) socket.end(REFUSAL, () => socket.destroy());
  });
}
