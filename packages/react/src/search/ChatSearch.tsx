import type { Message } from "@parley/protocol";
import { useRef } from "react";
import { SearchPanel } from "./SearchPanel.tsx";

export interface ChatSearchProps {
  readonly conversationId: string;
  readonly onShow: (seq: number) => void;
  readonly onClose: () => void;
}

/** Search in the open conversation: beside it, or over it where there is no room for both. */
export function ChatSearch({ conversationId, onShow, onClose }: ChatSearchProps) {
  const box = useRef<HTMLElement>(null);
  const show = ({ seq }: Message) => {
    // What covers the messages makes way for the one that was chosen.
    const { offsetWidth = 0, parentElement } = box.current ?? {};
    if (offsetWidth >= (parentElement?.offsetWidth ?? 0)) onClose();
    onShow(seq);
  };
  return (
    <aside ref={box} className="parley-chat-search">
      <SearchPanel key={conversationId} conversationId={conversationId} onlyHere onSelect={show} onClose={onClose} />
    </aside>
  );
}
