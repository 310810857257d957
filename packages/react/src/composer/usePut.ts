import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Completed } from "./completion.ts";

/** Puts a text into the field, and the caret where it is wanted once the field shows it. */
export function usePut(field: RefObject<HTMLTextAreaElement | null>, text: string, setText: (text: string) => void) {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    field.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [field, text]);
  return (completed: Completed) => {
    wanted.current = completed.caret;
    setText(completed.text);
    field.current?.focus();
  };
}

/** What the text is when something is put where the caret is, in the place of what is marked. */
export function insertAt(field: HTMLTextAreaElement | null, text: string, inserted: string): Completed {
  const { selectionStart: from = text.length, selectionEnd: to = text.length } = field ?? {};
  return { text: text.slice(0, from) + inserted + text.slice(to), caret: from + inserted.length };
}
