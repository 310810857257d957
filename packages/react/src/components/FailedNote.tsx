import type { OutboxMessage } from "@parley/client";
import { useChat } from "../chat-context.ts";
import { problemText } from "../problem-text.ts";

/** Under a message that was refused: why, and what can be done. */
export function FailedNote({ outbox }: { outbox: OutboxMessage }) {
  const { client, labels } = useChat();
  const { conversationId, clientMessageId, problem } = outbox;
  const act = (action: "retry" | "discard") => () => {
    // A new refusal shows here again.
    client.messages[action](conversationId, clientMessageId).catch(() => {});
  };
  return (
    <div className="parley-failed">
      <span>
        {labels.status.failed}. {problemText(problem, labels)}
      </span>
      <button type="button" onClick={act("retry")}>
        {labels.retry}
      </button>
      <button type="button" onClick={act("discard")}>
        {labels.discard}
      </button>
    </div>
  );
}
