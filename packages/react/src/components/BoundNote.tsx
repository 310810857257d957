import type { Message } from "@parley/protocol";
import { useChat } from "../chat-context.ts";
import type { Composer } from "../hooks/useComposer.ts";
import { useNames } from "../hooks/useNames.ts";
import { plainText } from "../rich-text/plain-text.ts";
import { CloseIcon, PencilIcon } from "./icons.tsx";
import { ReplyIcon } from "./message-icons.tsx";

/** What the text is bound to: a message that is being changed, or one that is answered. */
export function BoundNote({ composer }: { composer: Composer }) {
  if (composer.editing !== null) return <EditingNote onCancel={composer.cancelEdit} />;
  return composer.replyTo && <ReplyNote message={composer.replyTo} onCancel={composer.cancelReply} />;
}

function EditingNote({ onCancel }: { onCancel: () => void }) {
  const { labels } = useChat();
  return (
    <div className="parley-composer-editing">
      <PencilIcon />
      <span>{labels.editing}</span>
      <button type="button" className="parley-icon-button" aria-label={labels.cancel} onClick={onCancel}>
        <CloseIcon />
      </button>
    </div>
  );
}

/** What the draft answers, and the way out of it. */
function ReplyNote({ message, onCancel }: { message: Message; onCancel: () => void }) {
  const { labels } = useChat();
  const [name] = useNames(message.conversationId, [message.senderId]);
  return (
    <div className="parley-composer-reply">
      <ReplyIcon />
      <p>
        <strong>{labels.replyingTo(name ?? labels.formerUser)}</strong>
        <span dir="auto">{plainText(message.content ?? "")}</span>
      </p>
      <button type="button" className="parley-icon-button" aria-label={labels.cancelReply} onClick={onCancel}>
        <CloseIcon />
      </button>
    </div>
  );
}
