import type { ChatClient } from "./chat-client.ts";
import { ChatEngine } from "./chat-engine.ts";
import { type Clock, realClock } from "./clock.ts";
import { makeConversationsApi, makeMessagesApi } from "./client-api.ts";
import { type Environment, pageEnvironment } from "./environment.ts";
import type { OpenSession } from "./live-session.ts";
import { memoryOutbox } from "./memory-outbox-store.ts";
import type { OpenOutboxStore } from "./outbox-store.ts";
import { loadPagePorts, openSessionLater, openStoreLater, openTabsLater } from "./page-ports-later.ts";
import { loneTab, type OpenTabs } from "./tabs-alone.ts";
import type { FetchToken } from "./token-source.ts";

export interface ChatClientOptions {
  /** The server's origin, such as `https://chat.example.com`; a path is ignored. In a page, "" is the page's own. */
  readonly url: string;
  /** Gives a JWT of the signed-in user, a new one at each call. Without it the cookie speaks. */
  readonly token?: FetchToken;
  /** Where unsent messages wait: IndexedDB in a page, else memory. */
  readonly outbox?: OpenOutboxStore;
  readonly clock?: Clock;
  readonly fetch?: typeof globalThis.fetch;
  readonly openSession?: OpenSession;
  readonly openTabs?: OpenTabs;
  readonly environment?: Environment;
}

/** A client of one user at one server. Nothing happens before `connect()`. */
export function createChatClient(options: ChatClientOptions): ChatClient {
  const engine = new ChatEngine({
    url: originOf(options.url),
    token: options.token ?? null,
    outbox: options.outbox ?? (typeof indexedDB === "undefined" ? memoryOutbox() : openStoreLater),
    clock: options.clock ?? realClock,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    openSession: options.openSession ?? openSessionLater,
    openTabs: options.openTabs ?? (typeof window === "undefined" ? loneTab : openTabsLater),
    environment: options.environment ?? pageEnvironment,
  });
  return {
    store: { getState: engine.store.getState, subscribe: engine.store.subscribe },
    conversations: makeConversationsApi(engine),
    messages: makeMessagesApi(engine),
    receipts: engine.receipts,
    settings: engine.settings,
    typing: engine.typing,
    presence: engine.presence,
    search: (request, { signal } = {}) => engine.http.call("search", { query: { ...request } }, signal),
    connect: () => {
      // Whoever needs it asks again and sees it fail.
      if (options.openSession === undefined) loadPagePorts().catch(() => undefined);
      engine.connect();
    },
    close: () => engine.close(),
  };
}

function originOf(url: string): string {
  const base = typeof location === "undefined" ? undefined : location.href;
  return new URL(url, base).origin;
}
