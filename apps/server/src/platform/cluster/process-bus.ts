import type { EventFrame } from "../realtime/event-frame.ts";

/** Whom an event is for. */
export type Receivers =
  /** Every connection of these people. */
  | { readonly kind: "users"; readonly userIds: readonly string[] }
  /** The same, but nobody whose access to the conversation was revoked meanwhile. */
  | { readonly kind: "participants"; readonly conversationId: string; readonly userIds: readonly string[] }
  /** Those who have the conversation open, except one person. */
  | { readonly kind: "open"; readonly conversationId: string; readonly exceptUserId?: string };

/** Somebody lost access to a conversation, or got it (again), by the change of that version. */
export interface AccessChange {
  readonly conversationId: string;
  readonly userId: string;
  readonly version: number;
  readonly revoked: boolean;
}

/** What one process tells the others. `traceparent`: of the work that it comes from, where that is traced. */
export type Note =
  /** An event for sockets. */
  (
    | { readonly kind: "event"; readonly to: Receivers; readonly frame: EventFrame }
    | ({ readonly kind: "access" } & AccessChange)
    /** A domain event that concerns people wherever they are connected. `payload`: plain JSON, without the `userIds`. */
    | {
        readonly kind: "happened";
        readonly name: string;
        readonly userIds: readonly string[];
        readonly payload: Readonly<Record<string, unknown>>;
      }
  ) & { readonly traceparent?: string };

/**
 * Port: what the processes of one system tell each other. Best effort: a note may be lost, and then it is noticed. A note
 * comes at most once, the notes of one process in its order, never back to itself. Drivers: none, Redis.
 */
export interface ProcessBus {
  /** Never waits and never throws. While the others cannot be reached, notes are dropped, not kept. */
  publish(note: Note): void;
  /** Notes of other processes. A listener that throws disturbs nobody. */
  onNote(listener: (note: Note) => void): void;
  /** Notes of others were lost, or may have been. Whoever relies on them looks at PostgreSQL. */
  onGap(listener: () => void): void;
  /** Notes pass in both directions now. False also when another process fell silent without leaving. */
  readonly isWhole: boolean;
  /** Sends what is waiting, takes leave, and ends. Never rejects. */
  close(): Promise<void>;
}
