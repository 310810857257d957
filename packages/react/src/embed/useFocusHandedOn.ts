import { type RefCallback, type RefObject, useCallback, useEffect, useRef } from "react";
import type { ChatWindowHandle } from "../components/ChatWindow.tsx";

type Frame = RefObject<HTMLElement | null>;

export interface FocusHandedOn {
  /** Set it to true when a person chose. */
  readonly asked: RefObject<boolean>;
  /** For the conversation, which may come later than the choice. */
  readonly chat: RefCallback<ChatWindowHandle>;
}

/**
 * After a choice the focus goes on to where one writes (by finger only beside it: no keyboard over half the screen), and on
 * the way back to the line that one came from.
 */
export function useFocusHandedOn(frame: Frame, selectedId: string | null): FocusHandedOn {
  const asked = useRef(false);
  const before = useRef(selectedId);
  const handle = useRef<ChatWindowHandle>(null);
  const waiting = useRef(false);
  useEffect(() => {
    const left = before.current;
    before.current = selectedId;
    if (!asked.current) return;
    asked.current = false;
    waiting.current = false;
    if (selectedId === null) {
      if (left !== null) focusLine(frame, left);
      return;
    }
    placeOfChat(frame)?.focus();
    if (handle.current === null) waiting.current = true;
    else focusComposer(handle.current);
  }, [frame, selectedId]);
  const chat = useCallback(
    (now: ChatWindowHandle | null) => {
      handle.current = now;
      if (now === null || !waiting.current) return;
      waiting.current = false;
      // Whoever has gone elsewhere in the meantime stays there.
      const place = placeOfChat(frame);
      const root = place?.getRootNode() as Document | ShadowRoot | undefined;
      if (root?.activeElement === place) focusComposer(now);
    },
    [frame],
  );
  return { asked, chat };
}

const placeOfChat = (frame: Frame) => frame.current?.querySelector<HTMLElement>(".parley-inbox-chat");

function focusComposer(chat: ChatWindowHandle): void {
  if (window.matchMedia?.("(hover: hover) and (pointer: fine)").matches) chat.focusComposer();
}

function focusLine(frame: Frame, conversationId: string): void {
  const list = frame.current?.querySelector<HTMLElement>(".parley-inbox-list");
  const line = list?.querySelector<HTMLElement>(`a[href$="${CSS.escape(conversationId)}"]`);
  (line ?? list)?.focus();
}
