import { classNames } from "../components/class-names.ts";
import { ChatWindow, type ChatWindowProps } from "../components/ChatWindow.tsx";
import { ConnectionBanner } from "../components/ConnectionBanner.tsx";
import { Frame } from "./Frame.tsx";
import { useOpened } from "./useOpened.ts";

// For the inbox: whoever shows both on a page fetches one file.
export { ChatWindow };

export interface ChatboxProps extends Pick<ChatWindowProps, "conversationId" | "ref"> {
  readonly className?: string;
}

/** One conversation, to be put beside the order that it is about. Fills the box that it stands in. */
export function Chatbox({ conversationId, className, ref }: ChatboxProps) {
  useOpened(conversationId);
  return (
    <Frame className={classNames("parley-chatbox", className)}>
      <ConnectionBanner />
      <ChatWindow conversationId={conversationId} {...(ref === undefined ? {} : { ref })} />
    </Frame>
  );
}
