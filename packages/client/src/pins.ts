import type { ServerEvent } from "@parley/protocol";
import type { Http } from "./http.ts";
import { dropPins, keepPins, keepPinsWithout, putPins } from "./reduce-pins.ts";
import type { ChatState } from "./state.ts";
import type { WritableStore } from "./store.ts";

export interface PinsPorts {
  readonly http: Http;
  readonly store: WritableStore;
}

/** So many conversations' pins are held. */
const listsKept = 30;

/** Loads the pinned messages of conversations; events keep them true from then on. */
export class Pins {
  readonly #ports: PinsPorts;
  /** Those that were asked for, the last one at the end. */
  readonly #wanted = new Set<string>();
  readonly #loads = new Map<string, { readonly promise: Promise<void>; readonly changes: ServerEvent[] }>();

  constructor(ports: PinsPorts) {
    this.#ports = ports;
  }

  /** Does nothing when they are there. Rejects with a `ChatError`. */
  async load(conversationId: string): Promise<void> {
    this.#want(conversationId);
    if (this.#ports.store.getState().pins.has(conversationId)) return;
    const running = this.#loads.get(conversationId);
    if (running) return await running.promise;
    const changes: ServerEvent[] = [];
    const promise = this.#fetch(conversationId, changes).finally(() => this.#loads.delete(conversationId));
    this.#loads.set(conversationId, { promise, changes });
    await promise;
  }

  /** What changes while a list is on its way has to be laid over it. */
  note(event: ServerEvent): void {
    if (event.name !== "message:updated" && event.name !== "message:deleted") return;
    this.#loads.get(event.payload.conversationId)?.changes.push(event);
  }

  /** After a catch-up: lists that were too far behind come anew. */
  renew(): void {
    const { conversations, pins } = this.#ports.store.getState();
    // Of a copy: loading puts an id to the end.
    for (const id of [...this.#wanted]) {
      if (!conversations.has(id)) this.#wanted.delete(id);
      else if (!pins.has(id)) this.load(id).catch(() => undefined);
    }
  }

  async #fetch(conversationId: string, changes: readonly ServerEvent[]): Promise<void> {
    const { http, store } = this.#ports;
    const { messages } = await http.call("listPins", { params: { id: conversationId } });
    // Who was removed meanwhile must not hold them.
    if (!store.getState().conversations.has(conversationId)) return;
    store.update((state) => changes.reduce(lay, putPins(state, conversationId, messages)));
  }

  #want(conversationId: string): void {
    this.#wanted.delete(conversationId);
    this.#wanted.add(conversationId);
    for (const oldest of this.#wanted) {
      if (this.#wanted.size <= listsKept) break;
      this.#wanted.delete(oldest);
      this.#ports.store.update((state) => dropPins(state, oldest));
    }
  }
}

function lay(state: ChatState, event: ServerEvent): ChatState {
  if (event.name === "message:updated") return keepPins(state, event.payload);
  return event.name === "message:deleted" ? keepPinsWithout(state, event.payload) : state;
}
