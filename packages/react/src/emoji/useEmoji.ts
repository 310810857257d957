import { useEffect, useState } from "react";
import { useChat } from "../chat-context.ts";
import { type EmojiGroup, loadEmoji } from "./load-emoji.ts";

/** All emoji in the reader's language, null until they are here. Fetched from the first time that they are wanted. */
export function useEmoji(wanted: boolean): readonly EmojiGroup[] | null {
  const { locale } = useChat();
  const [held, setHeld] = useState<{ locale: string; groups: readonly EmojiGroup[] } | null>(null);
  const missing = wanted && held?.locale !== locale;
  useEffect(() => {
    if (!missing) return;
    let gone = false;
    loadEmoji(locale)
      .then((groups) => gone || setHeld({ locale, groups }))
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [locale, missing]);
  return held?.locale === locale ? held.groups : null;
}
