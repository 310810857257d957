import { useEffect } from "react";
import { useChat } from "../chat-context.ts";
import { type Incoming, watchIncoming } from "../incoming.ts";
import { useLatest } from "./useLatest.ts";

/** Calls back with messages that come in from others, for toasts and sounds. */
export function useIncoming(told: (incoming: readonly Incoming[]) => void): void {
  const { store } = useChat().client;
  const latest = useLatest(told);
  useEffect(() => watchIncoming(store, (incoming) => latest.current(incoming)), [store, latest]);
}
