import { ChatError } from "@parley/client";
import type { Message } from "@parley/protocol";
import {
  type FormEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { useChat } from "../chat-context.ts";
import { composerAction, lengthOf } from "../composer-keys.ts";
import { useAutoGrow } from "../hooks/useAutoGrow.ts";
import { useComposer } from "../hooks/useComposer.ts";
import { useLastOwnMessage } from "../hooks/useLastOwnMessage.ts";
import { useWriteAccess } from "../hooks/useWriteAccess.ts";
import { problemText } from "../problem-text.ts";
import { classNames } from "./class-names.ts";
import { CheckIcon, CloseIcon, LockIcon, PencilIcon, SendIcon } from "./icons.tsx";

export interface ComposerHandle {
  focus(): void;
}

export interface ComposerProps {
  readonly conversationId: string;
  /** Limit of the conversation's type, in code points. Left out: the built-in one. */
  readonly maxLength?: number;
  /** A new message was handed over. */
  readonly onSent?: () => void;
  readonly className?: string;
  readonly ref?: Ref<ComposerHandle>;
}

/** So many characters before the limit, the counter appears. */
const COUNTER_FROM = 200;

const isTouch = () => window.matchMedia?.("(hover: none) and (pointer: coarse)").matches ?? false;

/** Where messages are written and changed. */
export function Composer({ conversationId, maxLength, onSent, className, ref }: ComposerProps) {
  const { labels } = useChat();
  const composer = useComposer(conversationId);
  const access = useWriteAccess(conversationId);
  const lastOwn = useLastOwnMessage(conversationId);
  const field = useRef<HTMLTextAreaElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { text, editing } = composer;
  useAutoGrow(field, text);
  useFocusOnEdit(field, editing);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);

  const remaining = (maxLength ?? access.maxLength) - lengthOf(text.trim());
  const sendable = text.trim() !== "" && remaining >= 0;
  const submit = async () => {
    if (!sendable) return;
    setRefusal(null);
    try {
      if ((await composer.submit()) && editing === null) onSent?.();
    } catch (error) {
      setRefusal(problemText(error instanceof ChatError ? error.problem : null, labels));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = composerAction(event.nativeEvent, {
      touch: isTouch(),
      empty: text === "",
      editing: editing !== null,
    });
    if (action === null || (action === "edit-last" && lastOwn === undefined)) return;
    event.preventDefault();
    if (action === "submit") void submit();
    if (action === "cancel") composer.cancelEdit();
    if (action === "edit-last") composer.startEdit(lastOwn as Message);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
    field.current?.focus();
  };
  const noteId = useId();
  if (!access.writable) return <ReadOnlyNote reason={access.reason} className={className} />;
  return (
    <form className={classNames("parley-composer", className)} onSubmit={onSubmit}>
      {editing !== null && <EditingNote onCancel={composer.cancelEdit} />}
      <div className="parley-composer-line">
        <textarea
          ref={field}
          className="parley-composer-field"
          rows={1}
          dir="auto"
          value={text}
          aria-label={labels.composer}
          aria-describedby={noteId}
          aria-invalid={remaining < 0}
          placeholder={labels.composerPlaceholder}
          enterKeyHint={isTouch() ? "enter" : "send"}
          onChange={(event) => composer.setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className="parley-send"
          aria-label={editing === null ? labels.send : labels.save}
          aria-disabled={!sendable}
          // The field keeps the focus, and a phone its keyboard.
          onPointerDown={(event) => event.preventDefault()}
        >
          {editing === null ? <SendIcon /> : <CheckIcon />}
        </button>
      </div>
      <ComposerNote id={noteId} remaining={remaining} refusal={refusal} />
    </form>
  );
}

function ComposerNote({ id, remaining, refusal }: { id: string; remaining: number; refusal: string | null }) {
  const { labels } = useChat();
  const counter = remaining < 0 ? labels.tooManyCharacters(-remaining) : labels.remainingCharacters(remaining);
  return (
    <p id={id} className="parley-composer-note" data-over={remaining < 0 || refusal !== null} role="status">
      {refusal ?? (remaining <= COUNTER_FROM ? counter : null)}
    </p>
  );
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

function ReadOnlyNote({ reason, className }: { reason: string; className: string | undefined }) {
  return (
    <p className={classNames("parley-composer", "parley-composer-closed", className)} role="note">
      <LockIcon />
      <span>{reason}</span>
    </p>
  );
}

/** The field takes the focus, with the caret at the end, when a message comes in to be changed, and keeps it afterwards. */
function useFocusOnEdit(field: { readonly current: HTMLTextAreaElement | null }, editing: string | null): void {
  useEffect(() => {
    if (editing === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [field, editing]);
}
