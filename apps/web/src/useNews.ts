import { type Incoming, useIncoming, useSelf } from "@parley/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { readPreferences } from "./preferences.ts";
import { maySound, playSound } from "./sound.ts";
import { isLookedAt, lookAt, takeSound } from "./tabs-of-person.ts";

/** News shown at the same time; older ones make room. */
const SHOWN = 3;
/** No second sound within this time, in ms: ten messages at once are one event. */
const QUIET_MS = 1_500;

export interface News {
  readonly shown: readonly Incoming[];
  dismiss(conversationId: string): void;
}

/**
 * What came in and is not being looked at, in this tab or another one of the same person. A muted conversation says nothing,
 * unless it names the person: then it shows, without a sound.
 */
export function useNews(selectedId: string | undefined): News {
  const selfId = useSelf()?.id;
  const [shown, setShown] = useState<readonly Incoming[]>([]);
  const soundedAt = useRef(0);
  useLookAt(selfId, selectedId);
  const dismiss = useCallback(
    (id: string) => setShown((before) => before.filter(({ conversation }) => conversation.id !== id)),
    [],
  );
  const take = async (news: Incoming) => {
    const { conversation, message } = news;
    if (selfId === undefined || (news.muted && !news.mentionsMe)) return;
    if (await isLookedAt(selfId, conversation.id)) return;
    setShown((before) => add(before, news));
    const wanted = readPreferences().sound && !news.muted && Date.now() - soundedAt.current >= QUIET_MS;
    // A tab that the browser keeps silent leaves it to the others.
    if (!wanted || !maySound()) return;
    soundedAt.current = Date.now();
    if (await takeSound(selfId, message.id)) playSound();
  };
  useIncoming((incoming) => {
    for (const news of incoming) void take(news);
  });
  useEffect(() => {
    if (selectedId !== undefined) dismiss(selectedId);
  }, [selectedId, dismiss]);
  return { shown, dismiss };
}

/** One line for each conversation, the newest last. */
function add(before: readonly Incoming[], news: Incoming): readonly Incoming[] {
  const same = before.find(({ conversation }) => conversation.id === news.conversation.id);
  const others = before.filter((entry) => entry !== same);
  return [...others, { ...news, count: news.count + (same?.count ?? 0) }].slice(-SHOWN);
}

/** Says to the other tabs what is being looked at here, as long as this one is in sight. */
function useLookAt(userId: string | undefined, conversationId: string | undefined): void {
  useEffect(() => {
    if (userId === undefined || conversationId === undefined) return;
    let end: (() => void) | null = null;
    const look = () => {
      end?.();
      end = document.visibilityState === "visible" ? lookAt(userId, conversationId) : null;
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      end?.();
    };
  }, [userId, conversationId]);
}
