import type { EndpointResult, Message, ServerEvent } from "@parley/protocol";
import { applyEvent } from "./apply-event.ts";
import type { Http } from "./http.ts";
import { emptyWindow, joinPage, trimWindow } from "./message-window.ts";
import { changeWindow } from "./reduce-messages.ts";
import { dropOutboxMessage } from "./reduce-outbox.ts";
import type { ChatState, MessageWindow } from "./state.ts";
import type { WritableStore } from "./store.ts";
import { withoutKey } from "./without-key.ts";

export interface HistoryPorts {
  readonly http: Http;
  readonly store: WritableStore;
  /** Whether the conversation is open on screen: its window is not given up. */
  isJoined(conversationId: string): boolean;
}

type Page = EndpointResult<"listMessages">;
type Loading = NonNullable<MessageWindow["loading"]>;
type Place = (window: MessageWindow, page: Page, lastSeq: number) => MessageWindow;

interface Query {
  readonly before?: number;
  readonly after?: number;
  readonly around?: number;
}

interface Load {
  readonly kind: string;
  readonly promise: Promise<void>;
  /** Message events since the question was asked: the page may be older than they are. */
  readonly changes: ServerEvent[];
}

const pageSize = 50;
/** So many windows are kept besides those on screen. */
const windowsKept = 30;

/** Fills the windows from the server's history; one load at a time for each conversation. */
export class History {
  readonly #ports: HistoryPorts;
  readonly #loads = new Map<string, Load>();

  constructor(ports: HistoryPorts) {
    this.#ports = ports;
  }

  async load(conversationId: string): Promise<void> {
    const window = this.#window(conversationId);
    if (window && window.loading !== "page") return;
    await this.#replace(conversationId, "latest", {});
  }

  async loadOlder(conversationId: string): Promise<void> {
    const ask = () => {
      const window = this.#window(conversationId);
      return window?.hasOlder && window.items[0] ? { before: window.items[0].seq } : null;
    };
    await this.#run(conversationId, "older", "older", ask, (window, page) => {
      const joined = joinPage(window, page.messages, "older");
      return joined ? trimWindow({ ...joined, hasOlder: page.hasMore }, "older") : window;
    });
  }

  async loadNewer(conversationId: string): Promise<void> {
    const ask = () => {
      const window = this.#window(conversationId);
      const last = window?.items.at(-1);
      return window?.hasNewer && last ? { after: last.seq } : null;
    };
    await this.#run(conversationId, "newer", "newer", ask, (window, page) => {
      const joined = joinPage(window, page.messages, "newer");
      return joined ? trimWindow({ ...joined, hasNewer: page.hasMore }, "newer") : window;
    });
  }

  async loadAround(conversationId: string, seq: number): Promise<void> {
    await this.#replace(conversationId, `around ${seq}`, { around: seq });
  }

  async loadLatest(conversationId: string): Promise<void> {
    if (this.#window(conversationId)?.hasNewer === false) return;
    await this.#replace(conversationId, "latest", {});
  }

  /** Every message event that is applied while a page is on its way has to be laid over that page. */
  note(event: ServerEvent): void {
    if (!event.name.startsWith("message:") || !("conversationId" in event.payload)) return;
    this.#loads.get(event.payload.conversationId)?.changes.push(event);
  }

  #window(conversationId: string): MessageWindow | undefined {
    return this.#ports.store.getState().messages.get(conversationId);
  }

  async #replace(conversationId: string, kind: string, query: Query): Promise<void> {
    this.#ports.store.update((state) => withWindow(this.#makeRoom(state, conversationId), conversationId));
    await this.#run(
      conversationId,
      kind,
      "page",
      () => query,
      (window, page, lastSeq) => ({
        ...window,
        items: page.messages,
        hasOlder: "around" in query ? (page.messages[0]?.seq ?? 1) > 1 : page.hasMore,
        hasNewer: "around" in query && (page.messages.at(-1)?.seq ?? 0) < lastSeq,
      }),
    );
  }

  /** The same question at the same time is asked once; another one waits for its turn. `ask` null: nothing to do. */
  async #run(
    conversationId: string,
    kind: string,
    loading: Loading,
    ask: () => Query | null,
    place: Place,
  ): Promise<void> {
    for (let running = this.#loads.get(conversationId); running; running = this.#loads.get(conversationId)) {
      if (running.kind === kind) return await running.promise;
      await running.promise.catch(() => undefined);
    }
    const query = ask();
    if (!query) return;
    const changes: ServerEvent[] = [];
    // The first step of #fetch is a change of the store, whose listeners may ask again: it comes after the entry.
    const promise = Promise.resolve()
      .then(() => this.#fetch(conversationId, loading, query, place, changes))
      .finally(() => this.#loads.delete(conversationId));
    this.#loads.set(conversationId, { kind, promise, changes });
    await promise;
  }

  async #fetch(
    conversationId: string,
    loading: Loading,
    query: Query,
    place: Place,
    changes: ServerEvent[],
  ): Promise<void> {
    const { http, store } = this.#ports;
    store.update((state) => changeWindow(state, conversationId, (window) => ({ ...window, loading })));
    try {
      const page = await http.call("listMessages", {
        params: { id: conversationId },
        query: { ...query, limit: pageSize },
      });
      store.update((state) => settle(state, conversationId, page, place, changes));
    } catch (error) {
      store.update((state) => giveUp(state, conversationId));
      throw error;
    }
  }

  #makeRoom(state: ChatState, conversationId: string): ChatState {
    let messages = state.messages;
    for (const other of state.messages.keys()) {
      if (messages.size < windowsKept) break;
      const inUse = other === conversationId || this.#loads.has(other) || this.#ports.isJoined(other);
      if (!inUse) messages = withoutKey(messages, other);
    }
    return messages === state.messages ? state : { ...state, messages };
  }
}

function withWindow(state: ChatState, conversationId: string): ChatState {
  if (state.messages.has(conversationId)) return state;
  return { ...state, messages: new Map(state.messages).set(conversationId, emptyWindow) };
}

function settle(state: ChatState, id: string, page: Page, place: Place, changes: readonly ServerEvent[]): ChatState {
  const lastSeq = state.conversations.get(id)?.lastSeq ?? 0;
  const placed = changeWindow(state, id, (window) => ({ ...place(window, page, lastSeq), loading: null }));
  const laid = changes.reduce((next, event) => applyEvent(next, event), page.messages.reduce(dropSent, placed));
  return changeWindow(laid, id, (window) => {
    // Honest about its end even when something is missing in between.
    const behind = (window.items.at(-1)?.seq ?? 0) < lastSeq;
    return behind === window.hasNewer || window.hasNewer ? window : { ...window, hasNewer: true };
  });
}

/** The page may hold what an earlier visit sent without hearing of it. */
function dropSent(state: ChatState, message: Message): ChatState {
  if (message.senderId !== state.self?.id) return state;
  return dropOutboxMessage(state, message.conversationId, message.clientMessageId);
}

/** A window that never got its first page goes again, so that `load` tries anew. */
function giveUp(state: ChatState, conversationId: string): ChatState {
  const window = state.messages.get(conversationId);
  if (window?.loading === "page" && window.items.length === 0) {
    return { ...state, messages: withoutKey(state.messages, conversationId) };
  }
  return changeWindow(state, conversationId, (now) => ({ ...now, loading: null }));
}
