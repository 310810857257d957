import type { Message } from "@parley/protocol";
import { memo } from "react";
import { useChat } from "../chat-context.ts";
import { classNames } from "./class-names.ts";

export interface SystemMessageProps {
  readonly message: Message;
  readonly className?: string;
}

/** The platform itself speaks: "The order was delivered." */
export const SystemMessage = memo(function SystemMessage({ message, className }: SystemMessageProps) {
  const { labels, formats } = useChat();
  return (
    <li className={classNames("parley-row", "parley-system", className)} data-seq={message.seq} tabIndex={-1}>
      <p>
        <span className="parley-hidden">{labels.platform}: </span>
        <span dir="auto">{message.content ?? labels.deleted(labels.platform)}</span>{" "}
        <time dateTime={message.createdAt} title={formats.full(message.createdAt)}>
          {formats.time(message.createdAt)}
        </time>
      </p>
    </li>
  );
});
