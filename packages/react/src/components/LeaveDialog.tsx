import { ChatError } from "@parley/client";
import type { Conversation } from "@parley/protocol";
import { useEffect, useId, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { conversationName } from "../people.ts";
import { problemText } from "../problem-text.ts";

/** Asks before somebody leaves a conversation for good. Open while `conversation` is there. */
export function LeaveDialog({ conversation, onClose }: { conversation: Conversation | null; onClose: () => void }) {
  const chat = useChat();
  const self = useSelf();
  const { client } = chat;
  const labels = useLaterLabels();
  const dialog = useRef<HTMLDialogElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const id = useId();
  useEffect(() => {
    if (conversation === null) return;
    setRefusal(null);
    dialog.current?.showModal();
  }, [conversation]);
  const leave = async () => {
    if (conversation === null) return;
    try {
      await client.conversations.leave(conversation.id);
      dialog.current?.close();
    } catch (error) {
      setRefusal(problemText(error instanceof ChatError ? error.problem : null, labels));
    }
  };
  const name = conversation === null ? "" : conversationName(conversation, self?.id, chat);
  return (
    <dialog
      ref={dialog}
      className="parley-dialog"
      aria-labelledby={`${id}t`}
      aria-describedby={`${id}d`}
      onClose={onClose}
    >
      <h2 id={`${id}t`} dir="auto">
        {labels.leaveTitle(name)}
      </h2>
      <p id={`${id}d`}>{labels.leaveText}</p>
      <p className="parley-dialog-refusal" role="status">
        {refusal}
      </p>
      <div className="parley-dialog-buttons">
        <button type="button" className="parley-button" onClick={() => dialog.current?.close()}>
          {labels.cancel}
        </button>
        <button type="button" className="parley-button parley-button-danger" onClick={() => void leave()}>
          {labels.leave}
        </button>
      </div>
    </dialog>
  );
}
