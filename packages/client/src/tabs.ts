import type { OpenTabs } from "./tabs-alone.ts";

/** Web Locks and BroadcastChannel, as far as they exist in this page. */
export const openTabs: OpenTabs = (scope, onNews) => {
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
