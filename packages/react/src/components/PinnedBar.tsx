import type { ChatState } from "@parley/client";
import type { Message } from "@parley/protocol";
import { useCallback, useEffect, useState } from "react";
import { useChat } from "../chat-context.ts";
import { useChatState } from "../hooks/useChatState.ts";
import { useNames } from "../hooks/useNames.ts";
import { plainText } from "../rich-text/plain-text.ts";
import { classNames } from "./class-names.ts";
import { PinIcon } from "./icons.tsx";

export interface PinnedBarProps {
  readonly conversationId: string;
  readonly onShow: (seq: number) => void;
  readonly className?: string;
}

const none: readonly Message[] = [];

/** Under the header: the pinned message, the last one first. Each tap leads to it and brings up the next. */
export function PinnedBar({ conversationId, onShow, className }: PinnedBarProps) {
  const { client, labels } = useChat();
  const pins = useChatState(
    useCallback((state: ChatState) => state.pins.get(conversationId) ?? none, [conversationId]),
  );
  const [at, setAt] = useState(0);
  useEffect(() => {
    client.messages.loadPins(conversationId).catch(() => {});
  }, [client, conversationId]);
  const place = at % Math.max(1, pins.length);
  const shown = pins[place];
  if (shown === undefined) return null;
  const show = () => {
    setAt(place + 1);
    onShow(shown.seq);
  };
  return (
    <aside className={classNames("parley-pins", className)} aria-label={labels.pinnedMessages}>
      <button type="button" onClick={show}>
        <PinIcon />
        <PinText message={shown} title={pins.length > 1 ? labels.pinnedOf(place + 1, pins.length) : labels.pinned} />
        {pins.length > 1 && (
          <span className="parley-pins-count" aria-hidden="true">
            {place + 1}/{pins.length}
          </span>
        )}
      </button>
    </aside>
  );
}

function PinText({ message, title }: { message: Message; title: string }) {
  const [name] = useNames(message.conversationId, [message.senderId]);
  return (
    <span className="parley-pins-text">
      <span className="parley-hidden">{title}. </span>
      <bdi className="parley-pins-name">{name}</bdi> <span dir="auto">{plainText(message.content ?? "")}</span>
    </span>
  );
}
