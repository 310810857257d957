import { useMemo, useSyncExternalStore } from "react";
import { useChat } from "../chat-context.ts";
import type { ComposerStore } from "../composer-store.ts";

/** A pause between two words is shorter, in ms. */
const PAUSE_MS = 600;

/**
 * What is written and not sent, for other places than the composer: they show it once its writer pauses, so that a key changes
 * nothing but the composer. That it was sent or cleared shows at once.
 */
export function useDraft(conversationId: string): string {
  const { composers } = useChat();
  const { subscribe, get } = useMemo(() => pausedDraft(composers, conversationId), [composers, conversationId]);
  return useSyncExternalStore(subscribe, get, get);
}

function pausedDraft(composers: ComposerStore, conversationId: string) {
  const draftNow = () => composers.get(conversationId).draft;
  let shown = draftNow();
  return {
    get: () => shown,
    subscribe: (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let heard = shown;
      const show = () => {
        shown = heard;
        listener();
      };
      const hear = () => {
        if (draftNow() === heard) return;
        heard = draftNow();
        clearTimeout(timer);
        if (heard === "") show();
        else timer = setTimeout(show, PAUSE_MS);
      };
      hear();
      const stop = composers.subscribe(hear);
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
