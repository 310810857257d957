import type { Message } from "@parley/protocol";

/** What happened, told inside the process after the commit. What happens *because* of it is a subscriber. */
export interface DomainEvents {
  /** `senderWasBehind`: the sender had something unread there before, and has not any more. */
  messageAppended: { message: Message; recipients: readonly string[]; senderWasBehind: boolean };
  /**
   * The unread numbers of these people changed there, but for one of them: each process tells those who are connected to
   * it. Shared.
   */
  unreadChanged: { conversationId: string; userIds: readonly string[]; exceptUserId?: string };
  /**
   * A conversation is to be told to these people, to each as they see it: each process tells those who are connected to
   * it. `row`: the conversation as it was read, plain JSON. Shared.
   */
  conversationTold: {
    name: "conversation:new" | "conversation:updated";
    row: Readonly<Record<string, unknown>>;
    userIds: readonly string[];
  };
  /** These people were signed out: of the session of one token, or (`tokenKey` is null) of all begun until `endedAt`. Shared. */
  sessionsEnded: { userIds: readonly string[]; tokenKey: string | null; endedAt: number; expiresAt: number };
  /** A socket was admitted; it hears what goes to its user from now on. */
  connectionOpened: { userId: string; connectionId: string };
  /** A sign of life on an open socket, at least once in `pingIntervalMs` + `pingTimeoutMs`. */
  connectionAlive: { userId: string; connectionId: string };
  connectionClosed: { userId: string; connectionId: string };
}

/** Where it happened: in this process, or in another one that told us (only the shared ones are). */
export type Origin = "here" | "elsewhere";

type Listener<Payload> = (payload: Payload, origin: Origin) => void;

export interface DomainEventBus {
  on<Name extends keyof DomainEvents>(name: Name, listener: Listener<DomainEvents[Name]>): void;
  /** `origin` is left out for what happened here. */
  emit<Name extends keyof DomainEvents>(name: Name, payload: DomainEvents[Name], origin?: Origin): void;
}

/** A synchronous bus. A listener that throws is reported and disturbs neither the others nor the caller. */
export function createDomainEventBus(onError: (error: unknown) => void): DomainEventBus {
  const listeners = new Map<keyof DomainEvents, Listener<never>[]>();
  return {
    on: (name, listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    emit: (name, payload, origin = "here") => {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as Listener<typeof payload>)(payload, origin);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
