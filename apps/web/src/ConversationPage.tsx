import { ChatWindow, type ChatWindowHandle } from "@parley/react";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type MouseEvent, useEffect, useRef } from "react";

const route = getRouteApi("/inbox/conversations/$id");

/** One conversation. Opening it hands the focus to the composer, where no keyboard covers half the screen by that. */
export function ConversationPage() {
  const { id } = route.useParams();
  const { history } = useRouter();
  const navigate = route.useNavigate();
  const chat = useRef<ChatWindowHandle>(null);
  useEffect(() => {
    if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) chat.current?.focusComposer();
  }, [id]);
  const goBack = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // The same as the browser's Back when the list was there before; else the list takes this place.
    if (history.canGoBack()) history.back();
    else void navigate({ to: "/", replace: true });
  };
  return <ChatWindow ref={chat} conversationId={id} backHref="/" onBack={goBack} />;
}
