import { useEffect, useState } from "react";
import { useChat } from "../chat-context.ts";

/** A pause between two words is shorter, in ms. */
const PAUSE_MS = 600;

/**
 * What is written and not sent, for other places than the composer: they show it once its writer pauses, so that a key changes
 * nothing but the composer. That it was sent or cleared shows at once.
 */
export function useDraft(conversationId: string): string {
  const { composers } = useChat();
  const [shown, setShown] = useState(() => composers.get(conversationId).draft);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const draftNow = () => composers.get(conversationId).draft;
    const show = () => setShown(draftNow());
    show();
    const stop = composers.subscribe(() => {
      clearTimeout(timer);
      if (draftNow()) timer = setTimeout(show, PAUSE_MS);
      else show();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [composers, conversationId]);
  return shown;
}
