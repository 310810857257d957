import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useTyping } from "../hooks/useTyping.ts";
import { findPerson } from "../people.ts";

/** "Ana is typing", "Ana and Ben are typing", "3 people are typing"; nothing while nobody is. */
export function TypingWords({ conversationId }: { conversationId: string }) {
  const { labels } = useChat();
  const conversation = useConversation(conversationId);
  const names = useTyping(conversationId).map((id) =>
    firstName(findPerson(conversation, id)?.name ?? labels.formerUser),
  );
  if (names.length === 0) return null;
  return (
    <>
      <span className="parley-typing-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{labels.typing(names)}</span>
    </>
  );
}

/** In a line that comes and goes, the first name is enough. */
function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}
