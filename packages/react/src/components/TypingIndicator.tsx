import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useTyping } from "../hooks/useTyping.ts";
import { findPerson } from "../people.ts";
import { classNames } from "./class-names.ts";

export interface TypingIndicatorProps {
  readonly conversationId: string;
  readonly className?: string;
}

/** "Ana is typing", "Ana and Ben are typing", "3 people are typing". Its place is always kept, so that nothing moves. */
export function TypingIndicator({ conversationId, className }: TypingIndicatorProps) {
  const { labels } = useChat();
  const conversation = useConversation(conversationId);
  const names = useTyping(conversationId).map((id) =>
    firstName(findPerson(conversation, id)?.name ?? labels.formerUser),
  );
  return (
    <div className={classNames("parley-typing", className)}>
      {names.length > 0 && (
        <>
          <span className="parley-typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span>{labels.typing(names)}</span>
        </>
      )}
    </div>
  );
}

/** In a line that comes and goes, the first name is enough. */
function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}
