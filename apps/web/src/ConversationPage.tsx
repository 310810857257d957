import type { ChatClient } from "@parley/client";
import { ChatWindow, type ChatWindowHandle, useChat } from "@parley/react";
import { type MouseEvent, useEffect, useLayoutEffect, useRef } from "react";
import type { Route } from "./addresses.ts";
import { go, readPlace } from "./place.ts";

export interface ConversationPageProps {
  readonly route: Extract<Route, { page: "conversation" }>;
}

/** One conversation. Opening it hands the focus to the composer, where no keyboard covers half the screen by that. */
export function ConversationPage({ route }: ConversationPageProps) {
  const { id, seq: messageSeq } = route;
  const chat = useRef<ChatWindowHandle>(null);
  const { client } = useChat();
  const isNewest = messageSeq === undefined;
  // The address is enough to ask: the list of conversations may come later.
  useEffect(() => {
    if (isNewest) client.messages.load(id).catch(() => {});
  }, [client, id, isNewest]);
  // As soon as it may be asked for, before the first picture: pins that come later would push the messages down.
  useLayoutEffect(() => whenKnown(client, id, () => void client.messages.loadPins(id).catch(() => {})), [client, id]);
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

/** Calls back once, when the conversation is here. Returns how not to wait any longer. */
function whenKnown({ store }: ChatClient, id: string, callback: () => void): () => void {
  const look = () => {
    if (!store.getState().conversations.has(id)) return;
    stop();
    callback();
  };
  const stop = store.subscribe(look);
  look();
  return stop;
}
