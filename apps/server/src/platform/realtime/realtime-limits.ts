import { limits } from "@parley/protocol";
import type { Pace } from "../limits/paced-queue.ts";
import type { Rate } from "../limits/rate-limiter.ts";

/** How much one process takes from its sockets. Tests bring smaller ones. */
export interface RealtimeLimits {
  /** Largest frame or polling body, in bytes. */
  readonly frameBytes: number;
  /** Open sockets of one person. One more is refused: a person with so many tabs loses none of them. */
  readonly socketsPerUser: number;
  /** Handshakes that have not shown a valid token yet. Beyond it new ones are turned away with HTTP 403. */
  readonly pendingHandshakes: number;
  /** How connections are opened, before they say whose they are. Beyond it they are turned away with HTTP 403. */
  readonly openings: Pace;
  /** How handshakes are let in. Whoever would wait too long is refused with the time to come again. */
  readonly admissions: Pace;
  /** Commands of one connection. */
  readonly commandRate: Rate;
  /** Commands of one connection that are being worked on. */
  readonly commandsInFlight: number;
  /** Commands that do not exist, or above the rate, before the connection is closed. */
  readonly unknownCommands: number;
  readonly floodedCommands: number;
  /** Packets waiting for a connection from which on it gets no typing and no presence. */
  readonly slowPackets: number;
  /** Bytes waiting for a connection at which it is closed; it reconnects and catches up. */
  readonly waitingBytes: number;
  /** A connection must show a valid token within this time. */
  readonly handshakeMs: number;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  /** Clients of a stopping server come back after a random part of this time. */
  readonly drainJitterMs: number;
  /** So long a stopping server still answers what clients sent before they heard of it. */
  readonly onTheWayMs: number;
}

export const realtimeLimits: RealtimeLimits = {
  frameBytes: limits.bodyBytes,
  socketsPerUser: 50,
  pendingHandshakes: 5_000,
  openings: { atOnce: 8, restMs: 6, restShare: 0, waiting: 5_000, longestWaitMs: 4_500 },
  admissions: { atOnce: 4, restMs: 6, restShare: 0.5, waiting: 2_000, longestWaitMs: 4_000 },
  commandRate: { count: 500, seconds: 1 },
  commandsInFlight: 1_024,
  unknownCommands: 20,
  floodedCommands: 1_000,
  slowPackets: 1_024,
  waitingBytes: 4 * 1024 * 1024,
  handshakeMs: 10_000,
  pingIntervalMs: 25_000,
  pingTimeoutMs: 20_000,
  drainJitterMs: 5_000,
  onTheWayMs: 250,
};
