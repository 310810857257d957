import { ChatError } from "@parley/client";
import type { Message } from "@parley/protocol";
import { useEffect, useId, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { problemText } from "../problem-text.ts";

/** Asks before a message is deleted for everybody. Open while `message` is there. */
export function DeleteDialog({ message, onClose }: { message: Message | null; onClose: () => void }) {
  const { client, labels } = useChat();
  const dialog = useRef<HTMLDialogElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const id = useId();
  useEffect(() => {
    if (message === null) return;
    setRefusal(null);
    dialog.current?.showModal();
  }, [message]);
  const remove = async () => {
    if (message === null) return;
    try {
      await client.messages.delete(message.id);
      dialog.current?.close();
    } catch (error) {
      setRefusal(problemText(error instanceof ChatError ? error.problem : null, labels));
    }
  };
  return (
    <dialog
      ref={dialog}
      className="parley-dialog"
      aria-labelledby={`${id}t`}
      aria-describedby={`${id}d`}
      onClose={onClose}
    >
      <h2 id={`${id}t`}>{labels.deleteTitle}</h2>
      <p id={`${id}d`}>{labels.deleteText}</p>
      {message?.content != null && <blockquote dir="auto">{message.content}</blockquote>}
      <p className="parley-dialog-refusal" role="status">
        {refusal}
      </p>
      <div className="parley-dialog-buttons">
        <button type="button" className="parley-button" onClick={() => dialog.current?.close()}>
          {labels.cancel}
        </button>
        <button type="button" className="parley-button parley-button-danger" onClick={() => void remove()}>
          {labels.delete}
        </button>
      </div>
    </dialog>
  );
}
