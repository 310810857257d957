import type { IncomingMessage } from "node:http";
import type { ServerOptions } from "socket.io";
import type { AdmitRequest } from "./create-request-gate.ts";
import type { IsAllowedOrigin } from "./read-handshake.ts";
import type { RealtimeLimits } from "./realtime-limits.ts";

/**
 * How Socket.IO is set up. Compression stays off: with it no frame could be shared by its receivers, and memory would
 * grow with every connection. Connection state recovery stays off: it skips the checks and is not complete.
 */
export function serverOptions(
  limits: RealtimeLimits,
  isAllowedOrigin: IsAllowedOrigin,
  admitRequest: AdmitRequest,
): Partial<ServerOptions> {
  return {
    serveClient: false,
    allowEIO3: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.frameBytes,
    pingInterval: limits.pingIntervalMs,
    pingTimeout: limits.pingTimeoutMs,
    connectTimeout: limits.handshakeMs,
    upgradeTimeout: limits.handshakeMs,
    // See guard-upgrades.ts: what is not Engine.IO's may take longer than the second that this would give it.
    destroyUpgrade: false,
    // Foreign origins are refused later, in the handshake itself: only there can they be told why.
    allowRequest: (request, callback) => {
      void admitRequest(request).then((admitted) => callback(admitted ? null : "The server is busy.", admitted));
    },
    cors: ({ headers: { origin, host } }: Pick<IncomingMessage, "headers">, callback) => {
      const isAllowed = origin !== undefined && isAllowedOrigin(origin, host);
      callback(null, isAllowed ? { origin, credentials: true } : { origin: false });
    },
  };
}
