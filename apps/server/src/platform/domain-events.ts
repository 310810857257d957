import type { Message } from "@parley/protocol";

/** What happened, told inside the process after the commit. What happens *because* of it is a subscriber. */
export interface DomainEvents {
  /** `senderWasBehind`: the sender had something unread there before, and has not any more. */
  messageAppended: { message: Message; recipients: readonly string[]; senderWasBehind: boolean };
  /** A person's own read position moved, or conversations came or went: their unread numbers are to be told again. */
  unreadChanged: { conversationId: string; userIds: readonly string[] };
  /** The first connection of a person on this server. */
  userConnected: { userId: string };
  /** A socket was admitted; it hears what goes to its user from now on. */
  connectionOpened: { userId: string; connectionId: string };
  /** A sign of life on an open socket, at least once in `pingIntervalMs` + `pingTimeoutMs`. */
  connectionAlive: { userId: string; connectionId: string };
  connectionClosed: { userId: string; connectionId: string };
}

type Listener<Payload> = (payload: Payload) => void;

export interface DomainEventBus {
  on<Name extends keyof DomainEvents>(name: Name, listener: Listener<DomainEvents[Name]>): void;
  emit<Name extends keyof DomainEvents>(name: Name, payload: DomainEvents[Name]): void;
}

/** A synchronous bus. A listener that throws is reported and disturbs neither the others nor the caller. */
export function createDomainEventBus(onError: (error: unknown) => void): DomainEventBus {
  const listeners = new Map<keyof DomainEvents, Listener<never>[]>();
  return {
    on: (name, listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    emit: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as Listener<typeof payload>)(payload);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
