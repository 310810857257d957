import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { commands } from "@parley/protocol";
import { pino } from "pino";
import { io as connect, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import type { Deps } from "../../apps/server/src/deps.ts";
import type { UserActor } from "../../apps/server/src/features/auth/actor.ts";
import { AppError } from "../../apps/server/src/platform/app-error.ts";
import { systemClock } from "../../apps/server/src/platform/clock.ts";
import { noProcessBus } from "../../apps/server/src/platform/cluster/no-process-bus.ts";
import type { ProcessBus } from "../../apps/server/src/platform/cluster/process-bus.ts";
import { createDomainEventBus } from "../../apps/server/src/platform/domain-events.ts";
import { createMemoryRateLimiter } from "../../apps/server/src/platform/limits/memory-rate-limiter.ts";
import type { Metrics } from "../../apps/server/src/platform/metrics.ts";
import type { CommandHandlers } from "../../apps/server/src/platform/realtime/command-handler.ts";
import { createRealtime } from "../../apps/server/src/platform/realtime/create-realtime.ts";
import type { RealtimeLimits } from "../../apps/server/src/platform/realtime/realtime-limits.ts";

export type RealtimeServer = Awaited<ReturnType<typeof startRealtime>>;

interface StartOptions {
  handlers?: Partial<CommandHandlers>;
  limits?: Partial<RealtimeLimits>;
  /** Nobody is let in before. */
  gate?: Promise<void>;
  /** Without one it is alone. */
  processBus?: ProcessBus;
}

/** A token that `startRealtime` takes: whose it is, and when it ends. */
export const tokenFor = (userId: string, expiresAt = Date.now() + 60_000): string =>
  JSON.stringify({ userId, expiresAt });

async function authenticate(token: string): Promise<UserActor> {
  try {
    const { userId, expiresAt } = JSON.parse(decodeURIComponent(token)) as { userId: string; expiresAt: number };
    if (expiresAt > Date.now()) return { kind: "user", userId, expiresAt };
  } catch {
    throw new AppError("unauthenticated");
  }
  throw new AppError("token_expired");
}

/** The realtime half alone, on a port of its own, with tokens that need no signature and with the given commands. */
export async function startRealtime({
  handlers = {},
  limits = {},
  gate,
  processBus = noProcessBus,
}: StartOptions = {}) {
  const outcomes: string[] = [];
  const errors: unknown[] = [];
  const bus = createDomainEventBus((error) => errors.push(error));
  const logger = pino({ level: "silent" });
  const metrics = {
    connectionOpened: () => {},
    connectionClosed: (reason: string) => outcomes.push(`closed: ${reason}`),
    fannedOut: () => {},
    commandRun: (command: string, outcome: string) => outcomes.push(`${command}: ${outcome}`),
  } as unknown as Metrics;
  const shared = { clock: systemClock, logger, metrics, bus, processBus, limiter: createMemoryRateLimiter() };
  const isAllowedOrigin = (origin: string) => origin === "https://shop.example";
  const isSignedOut = () => false;
  const authenticateBehindGate = async (token: string): Promise<UserActor> => {
    await gate;
    return authenticate(token);
  };
  const realtime = createRealtime({
    ...shared,
    authenticate: authenticateBehindGate,
    isAllowedOrigin,
    isSignedOut,
    limits,
  });
  const httpServer = createServer((_request, response) => void response.end("not a socket"));
  const deps = { ...shared, fanOut: realtime.fanOut } as unknown as Deps;
  const missing = Object.keys(commands).filter((name) => !Object.hasOwn(handlers, name));
  const nothing = Object.fromEntries(missing.map((name) => [name, async () => ({})]));
  realtime.attach(httpServer, deps, { ...nothing, ...handlers } as CommandHandlers);
  await new Promise<void>((resolve) => httpServer.listen(0, "127.0.0.1", resolve));
  const { port } = httpServer.address() as AddressInfo;
  const sockets: Socket[] = [];

  return {
    ...realtime,
    port,
    bus,
    outcomes,
    errors,
    url: `http://127.0.0.1:${port}`,
    /** A client that has not connected yet. */
    client: (token: string | null, options: Partial<ManagerOptions & SocketOptions> = {}): Socket => {
      const socket = connect(`http://127.0.0.1:${port}`, {
        transports: ["websocket"],
        forceNew: true,
        reconnection: false,
        ...(token !== null && { auth: { token } }),
        ...options,
      });
      sockets.push(socket);
      return socket;
    },
    stop: async () => {
      for (const socket of sockets) socket.disconnect();
      await realtime.close();
      httpServer.closeAllConnections();
      await new Promise((resolve) => httpServer.close(resolve));
    },
  };
}

/** What comes next under that name. */
export const next = <Payload = unknown>(socket: Socket, event: string): Promise<Payload> =>
  new Promise((resolve) => socket.once(event, resolve));

export const connected = async (socket: Socket): Promise<Socket> => {
  if (!socket.connected) {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("connect_error", reject);
    });
  }
  return socket;
};
