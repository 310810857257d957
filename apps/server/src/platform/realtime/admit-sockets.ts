import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { PacedQueue } from "../limits/paced-queue.ts";
import { createSession, requirePerson } from "./create-session.ts";
import { type IsAllowedOrigin, readHandshake } from "./read-handshake.ts";
import type { RealtimeLimits } from "./realtime-limits.ts";
import type { Revocations } from "./revocations.ts";
import { userRoom } from "./rooms.ts";
import type { Authenticate, Session } from "./session.ts";
import type { LiveSocket, RawConnection, SocketServer } from "./socket-server.ts";

/** A refused connection gets this long to read why. */
const FAREWELL_MS = 1_000;

export interface AdmissionDeps {
  readonly io: SocketServer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly authenticate: Authenticate;
  readonly isAllowedOrigin: IsAllowedOrigin;
  readonly revocations: Revocations;
  readonly limits: RealtimeLimits;
  readonly admissions: PacedQueue;
  readonly isDraining: () => boolean;
  readonly onRefreshed: (session: Session) => void;
}

/** Lets sockets in that show a valid token; the others get `connect_error` with the problem as `data`. */
export function admitSockets(deps: AdmissionDeps): void {
  // One Engine.IO connection carries one socket, however often it asks.
  const taken = new WeakSet<RawConnection>();
  deps.io.use((socket, next) => {
    const { conn } = socket;
    const isFirst = !taken.has(conn);
    taken.add(conn);
    admit(deps, socket, isFirst).then(
      () => next(),
      (error: unknown) => {
        if (isFirst) taken.delete(conn);
        deps.clock.after(FAREWELL_MS, () => {
          if (!taken.has(conn)) conn.close();
        });
        next(toConnectError(deps, error));
      },
    );
  });
}

async function admit(deps: AdmissionDeps, socket: LiveSocket, isFirst: boolean): Promise<void> {
  if (deps.isDraining()) throw new AppError("unavailable", { retryAfterMs: deps.limits.drainJitterMs });
  if (!isFirst) throw new AppError("invalid_request", { detail: "This connection has asked before." });
  const token = readHandshake(socket.handshake, deps.isAllowedOrigin);
  const actor = requirePerson(await deps.admissions.run(() => deps.authenticate(token)));
  if (actor.expiresAt <= deps.clock.now()) throw new AppError("token_expired");
  if (countSockets(deps.io, actor.userId) >= deps.limits.socketsPerUser) throw tooManySockets(deps.limits);
  socket.data.session = createSession({ ...deps, socket, actor });
  // Tokens and headers are of no more use, and take memory as long as the socket lives.
  Object.assign(socket.handshake, { headers: {}, auth: {}, query: {}, url: "" });
}

/** Open sockets of a person in this process. */
export const countSockets = (io: SocketServer, userId: string): number =>
  io.of("/").adapter.rooms.get(userRoom(userId))?.size ?? 0;

const tooManySockets = ({ socketsPerUser }: RealtimeLimits): AppError =>
  new AppError("rate_limited", { detail: `At most ${socketsPerUser} open connections.`, retryAfterMs: 30_000 });

function toConnectError({ logger }: AdmissionDeps, error: unknown): Error {
  if (!(error instanceof AppError)) logger.error({ err: error }, "A handshake failed");
  const problem = (error instanceof AppError ? error : new AppError("internal")).toProblem();
  return Object.assign(new Error(problem.title), { data: problem });
}
