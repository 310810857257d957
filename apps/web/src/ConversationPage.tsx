import { ChatWindow, type ChatWindowHandle, useChat } from "@parley/react";
import { useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { type MouseEvent, useEffect, useRef } from "react";
import { seqFrom } from "./addresses.ts";

/** One conversation. Opening it hands the focus to the composer, where no keyboard covers half the screen by that. */
export function ConversationPage() {
  const { id = "", seq } = useParams({ strict: false });
  const { history } = useRouter();
  const navigate = useNavigate();
  const chat = useRef<ChatWindowHandle>(null);
  const messageSeq = seqFrom(seq);
  const { client } = useChat();
  const isNewest = messageSeq === undefined;
  // The address is enough to ask: the list of conversations may come later.
  useEffect(() => {
    if (isNewest && id !== "") client.messages.load(id).catch(() => {});
  }, [client, id, isNewest]);
  useEffect(() => {
    if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) chat.current?.focusComposer();
  }, [id]);
  const goBack = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // The same as the browser's Back when the list was there before; else the list takes this place.
    if (history.location.state.fromList === true) history.back();
    else void navigate({ to: "/", replace: true });
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
