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
  const channel = openChannel(name);
  channel?.addEventListener("message", (event) => onNews(event.data));
  const ended = new AbortController();
  return {
    alone: async (task) => {
      if (!locks) return await task();
      let isOurTurn = false;
      const inTurn = () => {
        isOurTurn = true;
        return task();
      };
      await locks.request(name, { signal: ended.signal }, inTurn).catch(async (error: unknown) => {
        // A request that still waits when the client closes is taken back.
        if (ended.signal.aborted) return;
        if (isOurTurn) throw error;
        // Locks are forbidden here, in a sandbox for one: two tabs may send the same then, and the server knows a repeat.
        await task();
      });
    },
    tell: (news) => channel?.postMessage(news),
    close: () => {
      ended.abort();
      channel?.close();
    },
  };
};

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    // There is none, or it is forbidden here.
    return null;
  }
}

function loneTab(): Tabs {
  return { alone: (task) => task(), tell: () => undefined, close: () => undefined };
}
