/** What the tabs of one user at one server share beside the outbox itself. */
export interface Tabs {
  /** Runs `task` while no other tab runs one; waits for its turn. */
  alone(task: () => Promise<void>): Promise<void>;
  /** Tells the other tabs. */
  tell(news: unknown): void;
  close(): void;
}

/** `onNews` hears what other tabs tell, never this one. `scope` is the same in every tab. */
export type OpenTabs = (scope: string, onNews: (news: unknown) => void) => Tabs;

/** Web Locks and BroadcastChannel where they exist in a page; elsewhere this client works alone. */
export const openTabs: OpenTabs = (scope, onNews) => {
  if (typeof window === "undefined") return loneTab();
  const name = `parley:${scope}`;
  const locks = globalThis.navigator?.locks;
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
  channel?.addEventListener("message", (event) => onNews(event.data));
  const ended = new AbortController();
  return {
    alone: async (task) => {
      if (!locks) return await task();
      // A request that still waits when the client closes is taken back.
      await locks.request(name, { signal: ended.signal }, task).catch((error: unknown) => {
        if (!ended.signal.aborted) throw error;
      });
    },
    tell: (news) => channel?.postMessage(news),
    close: () => {
      ended.abort();
      channel?.close();
    },
  };
};

function loneTab(): Tabs {
  return { alone: (task) => task(), tell: () => undefined, close: () => undefined };
}
