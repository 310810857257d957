import type { Message } from "@parley/protocol";
import { useChat } from "../chat-context.ts";
import { useNames } from "../hooks/useNames.ts";
import { plainText } from "../rich-text/plain-text.ts";
import { classNames } from "./class-names.ts";
import { CloseIcon, LockIcon, PencilIcon } from "./icons.tsx";
import { ReplyIcon } from "./message-icons.tsx";

/** So many characters before the limit, the counter appears. */
const COUNTER_FROM = 200;

export interface ComposerNoteProps {
  readonly id: string;
  /** Code points that are left; negative: too many. */
  readonly remaining: number;
  readonly refusal: string | null;
}

/** Under the field: why a change was refused, else how much room is left once it matters. */
export function ComposerNote({ id, remaining, refusal }: ComposerNoteProps) {
  const { labels } = useChat();
  const counter = remaining < 0 ? labels.tooManyCharacters(-remaining) : labels.remainingCharacters(remaining);
  return (
    <p id={id} className="parley-composer-note" data-over={remaining < 0 || refusal !== null} role="status">
      {refusal ?? (remaining <= COUNTER_FROM ? counter : null)}
    </p>
  );
}

export function EditingNote({ onCancel }: { onCancel: () => void }) {
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
export function ReplyNote({ message, onCancel }: { message: Message; onCancel: () => void }) {
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

export function ReadOnlyNote({ reason, className }: { reason: string; className: string | undefined }) {
  return (
    <p className={classNames("parley-composer", "parley-composer-closed", className)} role="note">
      <LockIcon />
      <span>{reason}</span>
    </p>
  );
}
