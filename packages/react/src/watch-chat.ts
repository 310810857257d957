import { type ChatState, type ChatStore, selectAttention } from "@parley/client";
import type { Problem } from "@parley/protocol";
import { readingOf, watchReading, withoutSeen } from "./reading.ts";

/** Something went wrong that a host may want to know: a refused token, a message that failed for good, a callback that threw. */
export interface ChatProblem {
  /** A code of the server's catalogue, or `unreachable`, or `host` for what the host's own code threw. */
  readonly code: Problem["code"] | "unreachable" | "host";
  readonly message: string;
}

export interface ChatWatcher {
  unread(total: number): void;
  error(problem: ChatProblem): void;
}

/**
 * Tells of what a host page shows or logs: changes of what calls for attention (unread, without what is muted or archived), and
 * errors. Begins with the total as it is. Returns how to stop.
 */
export function watchChat(store: ChatStore, watcher: ChatWatcher): () => void {
  let before: ChatState | null = null;
  let told: number | null = null;
  const look = () => {
    const state = store.getState();
    const last = before;
    before = state;
    if (state.ready && (last?.ready !== true || last.conversations !== state.conversations)) tellUnread(state);
    const wasRefused = last?.connection.status === "unauthorized";
    if (state.connection.status === "unauthorized" && !wasRefused) {
      watcher.error({ code: "unauthenticated", message: "The server refused the token." });
    }
    if (last !== null && last.outbox !== state.outbox) tellFailures(last, state, watcher);
  };
  /** A mute that runs out counts with the next change. */
  function tellUnread(state: ChatState): void {
    const total = selectAttention(
      { ...state, conversations: withoutSeen(state.conversations, readingOf(store)) },
      Date.now(),
    );
    if (total === told) return;
    told = total;
    watcher.unread(total);
  }
  look();
  const stopReading = watchReading(() => before?.ready === true && tellUnread(before));
  const stop = store.subscribe(look);
  return () => {
    stopReading();
    stop();
  };
}

function tellFailures(last: ChatState, state: ChatState, watcher: ChatWatcher): void {
  const failedBefore = new Set(failedOf(last).map(({ clientMessageId }) => clientMessageId));
  for (const { clientMessageId, problem } of failedOf(state)) {
    if (failedBefore.has(clientMessageId)) continue;
    watcher.error({ code: problem?.code ?? "unreachable", message: problem?.detail ?? "A message was not sent." });
  }
}

const failedOf = (state: ChatState) => [...state.outbox.values()].flat().filter(({ status }) => status === "failed");

/** What a host's own code threw, as a problem. */
export function asHostProblem(error: unknown): ChatProblem {
  return { code: "host", message: error instanceof Error ? error.message : String(error) };
}
