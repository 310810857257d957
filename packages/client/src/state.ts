import type {
  Conversation,
  Message,
  Presence,
  Problem,
  PublicTypePolicy,
  Settings,
  Quote,
  UserProfile,
} from "@parley/protocol";

/**
 * How the client reaches the server.
 * - `idle`: not started. `connecting`: first attempt, or one after a loss.
 * - `connected`: a socket lives and everything missed has been caught up, unless `retryAt` is set.
 * - `http`: no socket can be had; sends and periodic sync go over plain HTTP.
 * - `offline`: nothing reaches the server; the next attempt is at `retryAt`.
 * - `unauthorized`: the server refused the token; waits for a new one.
 * - `closed`: ended by `close()`.
 */
export type ConnectionStatus = "idle" | "connecting" | "connected" | "http" | "offline" | "unauthorized" | "closed";

export interface ConnectionState {
  readonly status: ConnectionStatus;
  /**
   * Milliseconds since the epoch of the next attempt; null when none is planned. While `connected` or `http`: the server
   * refused to say what was missed, so something may be missing; it is asked again then.
   */
  readonly retryAt: number | null;
}

/** A contiguous stretch of a conversation's history, oldest first. */
export interface MessageWindow {
  readonly items: readonly Message[];
  readonly hasOlder: boolean;
  /** false: the window ends with the newest message and grows with live ones. */
  readonly hasNewer: boolean;
  readonly loading: "page" | "older" | "newer" | null;
}

/** A message that the server has not acknowledged yet. */
export interface OutboxMessage {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly content: string;
  /** What it answers, as it was when this was written. */
  readonly replyTo: Quote | null;
  readonly mentions: readonly string[];
  /** ISO 8601, by this device's clock. */
  readonly createdAt: string;
  /** `failed` waits for `retry` or `discard`; `problem` says why. */
  readonly status: "pending" | "failed";
  readonly problem: Problem | null;
}

/** A reaction of the user's own that the server has not answered yet. */
export interface ReactionChange {
  readonly emoji: string;
  /** false: it is taken back. */
  readonly add: boolean;
}

/** Everything that a page shows. Immutable: each change makes new objects only where something changed. */
export interface ChatState {
  readonly self: UserProfile | null;
  /** What the user has set on all devices; null before it is known. */
  readonly settings: Settings | null;
  /** By name of the conversation type: what it allows. Empty before it is known. */
  readonly types: ReadonlyMap<string, PublicTypePolicy>;
  readonly connection: ConnectionState;
  /** false until the first catch-up is through: show skeletons instead of "nothing here". */
  readonly ready: boolean;
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** By conversation; there is no entry before its first page was asked for. */
  readonly messages: ReadonlyMap<string, MessageWindow>;
  /** By conversation, in the order of sending. */
  readonly outbox: ReadonlyMap<string, readonly OutboxMessage[]>;
  /**
   * By conversation: how long the server keeps the user's next message waiting, because the last ones came too fast; in
   * milliseconds since the epoch. What waits in the outbox leaves by itself then.
   */
  readonly pauses: ReadonlyMap<string, number>;
  /** By conversation, the last pinned one first; there is no entry before `loadPins`. */
  readonly pins: ReadonlyMap<string, readonly Message[]>;
  /** By message; `selectReactions` lays them over the message's reactions. */
  readonly reacting: ReadonlyMap<string, readonly ReactionChange[]>;
  /** By conversation, then by user: when it runs out, in milliseconds since the epoch. Never holds the user's own. */
  readonly typing: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly presence: ReadonlyMap<string, Presence>;
  readonly unreadTotal: number;
}
