import { randomBytes } from "node:crypto";
import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import type { Deps } from "../../deps.ts";
import type { UserActor } from "../../features/auth/actor.ts";
import type { Clock } from "../clock.ts";
import type { ProcessBus } from "../cluster/process-bus.ts";
import type { DomainEventBus } from "../domain-events.ts";
import { PacedQueue } from "../limits/paced-queue.ts";
import type { Logger } from "../logger.ts";
import type { Metrics } from "../metrics.ts";
import { traceCommands } from "../tracing/trace-commands.ts";
import { admitSockets } from "./admit-sockets.ts";
import type { CommandHandlers } from "./command-handler.ts";
import { gatherWrites } from "./gather-writes.ts";
import { createRequestGate } from "./create-request-gate.ts";
import { createFanOut } from "./create-fan-out.ts";
import { close, drain } from "./drain-sockets.ts";
import { createExpiryWheel } from "./expiry-wheel.ts";
import type { FanOut } from "./fan-out.ts";
import { guardUpgrades } from "./guard-upgrades.ts";
import type { IsAllowedOrigin } from "./read-handshake.ts";
import { type RealtimeLimits, realtimeLimits } from "./realtime-limits.ts";
import type { RealtimeState } from "./realtime-state.ts";
import { refuseMethods } from "./refuse-methods.ts";
import { createRevocations } from "./revocations.ts";
import { createCommandRunner } from "./run-command.ts";
import { serverOptions } from "./server-options.ts";
import type { Authenticate, Session } from "./session.ts";
import { createSocketDelivery } from "./socket-delivery.ts";
import type { RawConnection, SocketServer } from "./socket-server.ts";

import { welcomeSocket } from "./welcome-socket.ts";

interface RealtimeDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly bus: DomainEventBus;
  readonly processBus: ProcessBus;
  readonly authenticate: Authenticate;
  readonly isAllowedOrigin: IsAllowedOrigin;
  /** Whether somebody who was let in has been signed out since. */
  readonly isSignedOut: (actor: UserActor) => boolean;
  /** Begins the ids of this process's Engine.IO sessions, where several processes share a port. */
  readonly sessionPrefix?: string;
  /** Instead of the usual ones, in tests. */
  readonly limits?: Partial<RealtimeLimits>;
}

/** The sockets of this process. */
export interface Realtime {
  readonly fanOut: FanOut;
  /** Takes sockets on this server, at Socket.IO's default path. Call it once, when the server has its request listener. */
  attach(httpServer: HttpServer, deps: Deps, handlers: CommandHandlers): void;
  /** Takes no more connections, and asks each client to come back after a time of its own. Those that are open go on. */
  drain(): void;
  /** Answers what has come, sends what is waiting, closes all connections, and takes no more. Leaves the HTTP server to its owner. */
  close(): Promise<void>;
}

/** Makes the realtime half. The fan-out works (and reaches nobody) before `attach`, since use cases need it first. */
export function createRealtime(given: RealtimeDeps): Realtime {
  const limits = { ...realtimeLimits, ...given.limits };
  const pending = new Set<RawConnection>();
  const revocations = createRevocations(given.clock);
  const admitRequest = createRequestGate({
    clock: given.clock,
    limits,
    isDraining: () => state.draining,
    pending: () => pending.size,
  });
  const io: SocketServer = new Server(serverOptions(limits, given.isAllowedOrigin, admitRequest));
  const expiry = createExpiryWheel<Session>(given.clock, (session) => session.end());
  const state: RealtimeState = { io, expiry, limits, pending, draining: false, closing: false };
  admitSockets({
    ...given,
    io,
    limits,
    revocations,
    admissions: new PacedQueue(given.clock, limits.admissions),
    isDraining: () => state.draining,
    onRefreshed: (session) => expiry.schedule(session, session.actor.expiresAt),
  });
  return {
    fanOut: createFanOut(createSocketDelivery({ io, metrics: given.metrics, revocations }), given.processBus),
    attach: (httpServer, deps, handlers) => {
      const untraced = createCommandRunner(deps, handlers, limits, () => state.closing);
      const run = deps.tracing === undefined ? untraced : traceCommands(deps.tracing, untraced);
      io.on("connection", (socket) => {
        // Signed out since the token was looked at: then nobody has closed what was not open yet.
        if (given.isSignedOut(socket.data.session.actor)) socket.disconnect(true);
        else welcomeSocket(given, state, run, socket);
      });
      attachEngine(httpServer, state, given.sessionPrefix ?? "");
    },
    drain: () => drain(state),
    close: () => close(state),
  };
}

function attachEngine(httpServer: HttpServer, { io, pending }: RealtimeState, sessionPrefix: string): void {
  guardUpgrades(httpServer, io.path());
  io.attach(httpServer);
  io.engine.use(refuseMethods);
  io.engine.generateId = () => sessionPrefix + randomBytes(15).toString("base64url");
  io.engine.on("connection", (connection: RawConnection) => {
    gatherWrites(connection);
    pending.add(connection);
    connection.once("close", () => pending.delete(connection));
  });
}
