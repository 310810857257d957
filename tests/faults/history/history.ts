import type { Message } from "@parley/protocol";

/** A message as somebody saw it: in an acknowledgement, an event, a page, or the database. */
export interface Sighting {
  readonly conversationId: string;
  readonly seq: number;
  readonly version: number;
  readonly id: string;
  readonly clientMessageId: string;
  readonly senderId: string | null;
  readonly content: string | null;
}

export const sightingOf = (message: Message): Sighting => {
  const { conversationId, seq, version, id, clientMessageId, senderId, content } = message;
  return { conversationId, seq, version, id, clientMessageId, senderId, content };
};

/** Where somebody stands in a conversation, as somebody saw it. */
export interface Standing {
  readonly userId: string;
  readonly readSeq: number;
  readonly deliveredSeq: number;
}

/** What somebody asks for. Every body is written once in a history, so that it tells where it came from. */
export type Operation =
  | { readonly do: "send"; readonly conversationId: string; readonly clientMessageId: string; readonly body: string }
  | { readonly do: "edit"; readonly conversationId: string; readonly messageId: string; readonly body: string }
  | { readonly do: "delete"; readonly conversationId: string; readonly messageId: string }
  /** Moves the read position. */
  | { readonly do: "move"; readonly conversationId: string; readonly seq: number }
  /** The newest page of history. */
  | { readonly do: "read"; readonly conversationId: string }
  /** The conversation, with where everybody stands. */
  | { readonly do: "look"; readonly conversationId: string }
  | { readonly do: "add" | "remove"; readonly conversationId: string; readonly userId: string }
  /** Ends the session by which that device is connected. */
  | { readonly do: "sign-out"; readonly device: string }
  /** An outsider knocks. `harmless`: it may be answered, only not with anything of others. */
  | { readonly do: "knock"; readonly what: string; readonly harmless: boolean };

/** What came back; the parts that the operation has. */
export interface Answer {
  readonly message?: Sighting;
  readonly messages?: readonly Sighting[];
  readonly lastSeq?: number;
  readonly standings?: readonly Standing[];
  readonly text?: string;
}

/** An event, shortened to what is judged. */
export type Heard =
  | { readonly name: "message:new" | "message:updated"; readonly message: Sighting }
  | {
      readonly name: "message:deleted";
      readonly conversationId: string;
      readonly messageId: string;
      readonly seq: number;
      readonly version: number;
    }
  | { readonly name: "receipt:updated"; readonly conversationId: string; readonly standing: Standing }
  | { readonly name: "typing:updated"; readonly conversationId: string; readonly userId: string }
  /** To an outsider: whatever it is. */
  | { readonly name: "other"; readonly text: string };

/** What a device shows at the end: what its events and catch-ups made, or what it fetches afresh. */
export type ViewKind = "held" | "fetched";

/** Of one connection of one device. */
interface OfConnection {
  readonly at: number;
  readonly device: string;
  readonly userId: string;
  /** It is the device's so-many-th. */
  readonly connection: number;
  readonly server: string;
}

/** Everything that happened, in the order in which one process wrote it down. `at` is monotonic, in milliseconds. */
export type HistoryRecord =
  /** Takes part from the start. */
  | { readonly type: "member"; readonly conversationId: string; readonly userId: string }
  /** One attempt; `op` names it in its outcome. A repeated send has the same clientMessageId. */
  | {
      readonly type: "invoke";
      readonly op: number;
      readonly at: number;
      /** null: the host. */
      readonly by: string | null;
      readonly server: string;
      readonly via: "socket" | "http";
      /** How long the caller waits for an answer, in milliseconds; null: the SDK, which waits and repeats by itself. */
      readonly patienceMs: number | null;
      readonly operation: Operation;
    }
  | { readonly type: "ok"; readonly op: number; readonly at: number; readonly answer: Answer }
  /** No answer, or one that leaves open whether it was done. */
  | { readonly type: "unknown"; readonly op: number; readonly at: number; readonly why: string }
  /** Refused for good. */
  | { readonly type: "refused"; readonly op: number; readonly at: number; readonly code: string }
  /** `expiresAt`: when its token ends, on the history's clock. */
  | ({ readonly type: "connected"; readonly expiresAt: number | null } & OfConnection)
  | ({ readonly type: "disconnected" } & OfConnection)
  | ({ readonly type: "heard"; readonly event: Heard } & OfConnection)
  /** The database at the end. */
  | { readonly type: "conversation"; readonly conversationId: string; readonly lastSeq: number }
  | {
      readonly type: "participant";
      readonly conversationId: string;
      readonly standing: Standing;
      /** Messages behind the read position, counted one by one. */
      readonly unread: number;
    }
  | { readonly type: "stored"; readonly message: Sighting }
  /** Then, a device begins to tell what it shows. */
  | { readonly type: "view"; readonly device: string; readonly userId: string; readonly kind: ViewKind }
  | { readonly type: "viewed"; readonly device: string; readonly kind: ViewKind; readonly message: Sighting }
  | {
      readonly type: "viewed-conversation";
      readonly device: string;
      readonly conversationId: string;
      readonly standings: readonly Standing[];
      readonly unread: number;
    }
  /** What the server says is unread. */
  | { readonly type: "unread"; readonly userId: string; readonly conversationId: string; readonly unread: number }
  /** Something is broken, and works again: whatever comes later must find it whole. `load`: of the machine, for each core. */
  | {
      readonly type: "broken" | "repaired";
      readonly at: number;
      readonly what: string;
      readonly server: string | null;
      readonly load?: number;
    }
  /** A server was told to stop, and ended. */
  | { readonly type: "draining"; readonly at: number; readonly server: string }
  | { readonly type: "drained"; readonly at: number; readonly server: string; readonly code: number | null }
  /** From now on this server's clock is so far ahead. */
  | { readonly type: "clock"; readonly at: number; readonly server: string; readonly aheadMs: number }
  /** Resident memory of a server, in bytes. */
  | { readonly type: "memory"; readonly at: number; readonly server: string; readonly bytes: number }
  /** A device stops reading what it is sent, is cut off by the server, and reads again. */
  | {
      readonly type: "stalled" | "cut-off" | "reads-again";
      readonly at: number;
      readonly device: string;
      readonly server: string;
    };

/** A message by which a repeat is known to be one. */
export const sendKey = (conversationId: string, userId: string | null, clientMessageId: string): string =>
  JSON.stringify([conversationId, userId, clientMessageId]);

export const keyOfMessage = ({ conversationId, senderId, clientMessageId }: Sighting): string =>
  sendKey(conversationId, senderId, clientMessageId);
