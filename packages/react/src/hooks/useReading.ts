import { useSyncExternalStore } from "react";
import { useChat } from "../chat-context.ts";
import { type Reading, readingOf, watchReading } from "../reading.ts";

/** What is being looked at in this page. */
export function useReading(): Reading {
  const { store } = useChat().client;
  const current = () => readingOf(store);
  return useSyncExternalStore(watchReading, current, current);
}
