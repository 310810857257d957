import type { Server } from "node:http";

/**
 * Node lets go of a connection that asks for an upgrade, its error listener included. Answers to requests that came before on it
 * may still be under way then; when the client hangs up, that error must not be one that nobody caught.
 */
export function surviveHangUps(server: Server): void {
  server.prependListener("upgrade", (_request, socket) => socket.on("error", () => socket.destroy()));
}
