import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type ChatClient, createChatClient } from "@parley/client";
import type { Message } from "@parley/protocol";
import { CANARY } from "../history/canary.ts";
import type { HistoryWriter } from "../history/history-file.ts";
import { sightingOf } from "../history/history.ts";
import type { Random } from "../world/random.ts";
import type { Way } from "./way.ts";

interface SdkDeviceOptions {
  readonly name: string;
  readonly userId: string;
  readonly token: string;
  readonly way: Way;
  readonly history: HistoryWriter;
}

interface Sending {
  readonly conversationId: string;
  readonly random: Random;
  readonly pauseMs: number;
  readonly isOver: () => boolean;
}

/** A device that runs the client SDK: its outbox repeats, its store catches up, and the store is the view that it tells. */
export class SdkDevice {
  readonly userId: string;
  readonly #options: SdkDeviceOptions;
  readonly #client: ChatClient;

  constructor(options: SdkDeviceOptions) {
    this.userId = options.userId;
    this.#options = options;
    this.#client = createChatClient({ url: options.way.url, token: async () => options.token });
    this.#client.connect();
  }

  /** Opens the conversations, as a page does: from now on their messages are kept. */
  async open(conversationIds: readonly string[]): Promise<void> {
    await this.untilCaughtUp();
    for (const id of conversationIds) await this.#client.messages.load(id);
  }

  /** Sends one message after the other until it is over; each is acknowledged before the next is written. */
  async writeUntil({ conversationId, random, pauseMs, isOver }: Sending): Promise<void> {
    const { history, way } = this.#options;
    for (let n = 1; !isOver(); n += 1) {
      const body = `${CANARY} ${this.userId} ${n} through the SDK ${randomUUID()}`;
      const { clientMessageId, acknowledged } = await this.#client.messages.send(conversationId, body);
      const operation = { do: "send", conversationId, clientMessageId, body } as const;
      const pending = history.invoke({
        by: this.userId,
        server: way.name,
        via: "socket",
        patienceMs: null,
        operation,
      });
      try {
        pending.ok({ message: sightingOf(await acknowledged) });
      } catch (error) {
        pending.unknown((error as Error).message);
        return;
      }
      if (random.next() < 0.3) await this.#read(conversationId);
      await sleep(random.between(0, 2 * pauseMs));
    }
  }

  /** Tells what the store holds, without fetching anything that it does not miss itself. */
  async tellViews(conversationIds: readonly string[]): Promise<void> {
    const { history, name: device, userId } = this.#options;
    await this.untilCaughtUp();
    history.write({ type: "view", device, userId, kind: "held" });
    for (const id of conversationIds) {
      for (const message of await this.#readBack(id)) {
        history.write({ type: "viewed", device, kind: "held", message: sightingOf(message) });
      }
      const conversation = this.#client.store.getState().conversations.get(id);
      if (conversation === undefined) continue;
      const standings = conversation.participants.map(({ user, readSeq, deliveredSeq }) => ({
        userId: user.id,
        readSeq,
        deliveredSeq,
      }));
      history.write({
        type: "viewed-conversation",
        device,
        conversationId: id,
        standings,
        unread: conversation.unread,
      });
    }
  }

  async untilCaughtUp(): Promise<void> {
    for (;;) {
      const { ready, connection } = this.#client.store.getState();
      if (ready && connection.status === "connected") return;
      await sleep(20);
    }
  }

  close(): void {
    void this.#client.close();
  }

  async #read(conversationId: string): Promise<void> {
    const last = this.#windowOf(conversationId)?.items.at(-1);
    // A position that did not get through moves with the next one.
    if (last !== undefined) await this.#client.receipts.read(conversationId, last.seq).catch(() => {});
  }

  /** All that the window shows on the way from the newest message to the first; a long way drops its newest end. */
  async #readBack(conversationId: string): Promise<Iterable<Message>> {
    const shown = new Map<number, Message>();
    const look = () => {
      for (const message of this.#windowOf(conversationId)?.items ?? []) shown.set(message.seq, message);
    };
    look();
    while (this.#windowOf(conversationId)?.hasOlder) {
      await this.#client.messages.loadOlder(conversationId);
      look();
    }
    return shown.values();
  }

  #windowOf(conversationId: string) {
    return this.#client.store.getState().messages.get(conversationId);
  }
}
