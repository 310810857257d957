import { ChatWindow, type ChatWindowHandle, useChat } from "@parley/react";
import { type MouseEvent, useEffect, useLayoutEffect, useRef } from "react";
import type { Route } from "./addresses.ts";
import { askForConversation } from "./ask-for-conversation.ts";
import { go, readPlace } from "./place.ts";

export interface ConversationPageProps {
  readonly route: Extract<Route, { page: "conversation" }>;
}

/** One conversation. Opening it hands the focus to the composer, where no keyboard covers half the screen by that. */
export function ConversationPage({ route }: ConversationPageProps) {
  const { id, seq: messageSeq } = route;
  const chat = useRef<ChatWindowHandle>(null);
  const { client } = useChat();
  useLayoutEffect(() => askForConversation(client, id, messageSeq), [client, id, messageSeq]);
  useEffect(() => {
    if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) chat.current?.focusComposer();
  }, [id]);
  const goBack = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // The same as the browser's Back when the list was there before; else the list takes this place.
    if (readPlace().state.fromList === true) history.back();
    else go("/", { replace: true });
  };
  return (
    <ChatWindow
      ref={chat}
      conversationId={id}
      backHref="/"
      onBack={goBack}
      {...(messageSeq === undefined ? {} : { messageSeq })}
    />
  );
}
