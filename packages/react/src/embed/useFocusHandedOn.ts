import { type RefObject, useEffect, useRef } from "react";
import type { ChatWindowHandle } from "../components/ChatWindow.tsx";

type Frame = RefObject<HTMLElement | null>;
type Chat = RefObject<ChatWindowHandle | null>;

/**
 * After a choice the focus goes on to where one writes (by finger only beside it: no keyboard over half the screen), and on
 * the way back to the line that one came from. Set what it returns to true when a person chose.
 */
export function useFocusHandedOn(frame: Frame, chat: Chat, selectedId: string | null): RefObject<boolean> {
  const asked = useRef(false);
  const before = useRef(selectedId);
  useEffect(() => {
    const left = before.current;
    before.current = selectedId;
    if (!asked.current) return;
    asked.current = false;
    if (selectedId !== null) focusChat(frame, chat);
    else if (left !== null) focusLine(frame, left);
  }, [frame, chat, selectedId]);
  return asked;
}

function focusChat(frame: Frame, chat: Chat): void {
  frame.current?.querySelector<HTMLElement>(".parley-inbox-chat")?.focus();
  if (window.matchMedia?.("(hover: hover) and (pointer: fine)").matches) chat.current?.focusComposer();
}

function focusLine(frame: Frame, conversationId: string): void {
  const list = frame.current?.querySelector<HTMLElement>(".parley-inbox-list");
  const line = list?.querySelector<HTMLElement>(`a[href$="${CSS.escape(conversationId)}"]`);
  (line ?? list)?.focus();
}
