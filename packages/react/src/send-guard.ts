/** A message that is about to leave. */
export interface OutgoingMessage {
  readonly conversationId: string;
  readonly content: string;
}

/** Asked before each new message. `false`, or a promise of it, keeps the message in the composer. */
export type OnSend = (message: OutgoingMessage) => unknown;

/** Whether the message may leave. While a host thinks about one, a second of the same conversation may not. */
export type SendGuard = (message: OutgoingMessage) => Promise<boolean>;

/** Makes the guard for a host's callback. A callback that throws says no. */
export function createSendGuard(onSend: OnSend, onError: (error: unknown) => void): SendGuard {
  const asked = new Set<string>();
  return async (message) => {
    if (asked.has(message.conversationId)) return false;
    asked.add(message.conversationId);
    try {
      return (await onSend(message)) !== false;
    } catch (error) {
      onError(error);
      return false;
    } finally {
      asked.delete(message.conversationId);
    }
  };
}
