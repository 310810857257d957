import type { Message, Participant } from "@parley/protocol";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { useReadReceiptsShown } from "../hooks/useReadReceiptsShown.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { classNames } from "./class-names.ts";

export interface MessageInfoProps {
  /** Open while it is there. */
  readonly message: Message | null;
  readonly onClose: () => void;
  readonly className?: string;
}

/** When a message was sent and changed, and by name who has read it and whom it has reached. */
export function MessageInfo({ message, onClose, className }: MessageInfoProps) {
  const labels = useLaterLabels();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (message !== null) dialog.current?.showModal();
  }, [message]);
  return (
    <dialog
      ref={dialog}
      className={classNames("parley-dialog", "parley-message-info", className)}
      aria-labelledby={id}
      onClose={onClose}
    >
      <h2 id={id}>{labels.messageInfo}</h2>
      {message !== null && <Details message={message} />}
      <div className="parley-dialog-buttons">
        <button type="button" className="parley-button" onClick={() => dialog.current?.close()}>
          {labels.close}
        </button>
      </div>
    </dialog>
  );
}

function Details({ message }: { message: Message }) {
  const { formats } = useChat();
  const labels = useLaterLabels();
  const conversation = useConversation(message.conversationId);
  const receiptsShown = useReadReceiptsShown();
  const self = useSelf();
  const { seq, senderId, createdAt, editedAt } = message;
  const others = conversation?.participants.filter(({ user }) => user.id !== senderId) ?? [];
  const readers = others.filter(({ readSeq }) => readSeq >= seq);
  const reached = others.filter((person) => !readers.includes(person) && person.deliveredSeq >= seq);
  const nameOf = ({ user }: Participant) => (user.id === self?.id ? labels.you : user.name);
  return (
    <dl>
      <Entry term={labels.sentAt}>
        <time dateTime={createdAt}>{formats.full(createdAt)}</time>
      </Entry>
      {editedAt !== null && (
        <Entry term={labels.editedAt}>
          <time dateTime={editedAt}>{formats.full(editedAt)}</time>
        </Entry>
      )}
      {receiptsShown && (
        <>
          <Entry term={labels.readBy}>
            {readers.length > 0 ? formats.list(readers.map(nameOf)) : labels.nobodyYet}
          </Entry>
          {reached.length > 0 && <Entry term={labels.deliveredTo}>{formats.list(reached.map(nameOf))}</Entry>}
        </>
      )}
    </dl>
  );
}

function Entry({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
