import { useHistoryShown } from "../hooks/useHistoryShown.ts";
import { useLoadedPart, usePartsAhead } from "../hooks/usePart.ts";
import { createPart } from "../part.ts";
import { classNames } from "./class-names.ts";

export interface TypingIndicatorProps {
  readonly conversationId: string;
  readonly className?: string;
}

const typingWords = createPart(async () => (await import("./TypingWords.tsx")).TypingWords);
const soonNeeded = [typingWords];

/** The place for who is typing. It is always kept, so that nothing moves. */
export function TypingIndicator({ conversationId, className }: TypingIndicatorProps) {
  usePartsAhead(soonNeeded, useHistoryShown(conversationId));
  const Words = useLoadedPart(typingWords);
  return (
    <div className={classNames("parley-typing", className)}>{Words && <Words conversationId={conversationId} />}</div>
  );
}
