import type { Message } from "@parley/protocol";
import { ChatError } from "./chat-error.ts";

interface Waiter {
  resolve(message: Message): void;
  reject(error: ChatError): void;
}

/** Who waits for the server's word on a message, by clientMessageId. */
export class Acknowledgements {
  readonly #waiters = new Map<string, Waiter>();

  expect(clientMessageId: string): Promise<Message> {
    const acknowledged = new Promise<Message>((resolve, reject) => {
      this.#waiters.set(clientMessageId, { resolve, reject });
    });
    // Who only looks at the store need not catch the refusal.
    acknowledged.catch(() => undefined);
    return acknowledged;
  }

  resolve(message: Message): void {
    this.#waiters.get(message.clientMessageId)?.resolve(message);
    this.#waiters.delete(message.clientMessageId);
  }

  reject(clientMessageId: string, error: ChatError): void {
    this.#waiters.get(clientMessageId)?.reject(error);
    this.#waiters.delete(clientMessageId);
  }

  close(): void {
    const closed = new ChatError("The client was closed; the message waits for the next time.", null);
    for (const clientMessageId of this.#waiters.keys()) this.reject(clientMessageId, closed);
  }
}
