import { isBlank } from "@parley/protocol";
import {
  type FormEvent,
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { useChat } from "../chat-context.ts";
import { composerAction, lengthOf } from "../composer/composer-keys.ts";
import { insertAt, usePut } from "../composer/usePut.ts";
import { useSubmit } from "../composer/useSubmit.ts";
import { useAutoGrow } from "../hooks/useAutoGrow.ts";
import { type Composer as ComposerControl, useComposer } from "../hooks/useComposer.ts";
import { useHistoryShown } from "../hooks/useHistoryShown.ts";
import { useLoadedPart, usePart, usePartsAhead } from "../hooks/usePart.ts";
import { useLastOwnMessage } from "../hooks/useLastOwnMessage.ts";
import { useWriteAccess } from "../hooks/useWriteAccess.ts";
import { isTouch } from "../is-touch.ts";
import type { CompletingHandle } from "./Completing.tsx";
import { createPart } from "../part.ts";
import { ComposerNote, ReadOnlyNote } from "./ComposerNotes.tsx";
import { classNames } from "./class-names.ts";
import { EmojiButton } from "./EmojiButton.tsx";
import { CheckIcon, SendIcon } from "./icons.tsx";

export interface ComposerHandle {
  focus(): void;
}

export interface ComposerProps {
  readonly conversationId: string;
  /** A new message was handed over. */
  readonly onSent?: () => void;
  /** F6 was pressed: hand the focus on, best to the history. */
  readonly onLeave?: () => void;
  readonly className?: string;
  readonly ref?: Ref<ComposerHandle>;
}

const completing = createPart(async () => (await import("./Completing.tsx")).Completing);
const boundNote = createPart(async () => (await import("./BoundNote.tsx")).BoundNote);
const soonNeeded = [boundNote, completing];

/** Where messages are written, answered and changed. */
export function Composer({ conversationId, onSent, onLeave, className, ref }: ComposerProps) {
  const { labels } = useChat();
  const composer = useComposer(conversationId);
  const access = useWriteAccess(conversationId);
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, editing, replyTo } = composer;
  const put = usePut(field, text, composer.setText);
  const Completing = useLoadedPart(completing);
  usePartsAhead(soonNeeded, useHistoryShown(conversationId));
  const completion = useRef<CompletingHandle>(null);
  useAutoGrow(field, text);
  useFocusOn(field, editing ?? replyTo?.id ?? null);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);

  const remaining = access.maxLength - lengthOf(text.trim());
  const sendable = !isBlank(text) && remaining >= 0;
  const { submit, ...trouble } = useSubmit(composer, sendable, onSent);
  const onKeyDown = useComposerKeys(conversationId, composer, submit, onLeave);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
    field.current?.focus();
  };
  const noteId = useId();
  if (!access.writable) return <ReadOnlyNote reason={access.reason} className={className} />;
  return (
    <form className={classNames("parley-composer", className)} onSubmit={onSubmit}>
      {(editing !== null || replyTo !== null) && <Bound composer={composer} />}
      {Completing && <Completing ref={completion} {...{ conversationId, field, text, put }} />}
      <div className="parley-composer-line">
        <EmojiButton onPick={(sign) => put(insertAt(field.current, text, sign))} />
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
          onChange={(event) => {
            composer.setText(event.target.value);
            completion.current?.look();
          }}
          onSelect={() => completion.current?.look()}
          onBlur={() => completion.current?.close()}
          onKeyDown={(event) => completion.current?.onKeyDown(event) || onKeyDown(event)}
        />
        <SendButton editing={editing !== null} sendable={sendable} />
      </div>
      <ComposerNote id={noteId} conversationId={conversationId} remaining={remaining} {...trouble} />
    </form>
  );
}

/** The part is there before anybody can want it, mostly; where a network has failed it is asked for again. */
function Bound({ composer }: { composer: ComposerControl }) {
  const { Component } = usePart(boundNote);
  return Component && <Component composer={composer} />;
}

function SendButton({ editing, sendable }: { editing: boolean; sendable: boolean }) {
  const { labels } = useChat();
  return (
    <button
      type="submit"
      className="parley-send"
      aria-label={editing ? labels.save : labels.send}
      aria-disabled={!sendable}
      // The field keeps the focus, and a phone its keyboard.
      onPointerDown={(event) => event.preventDefault()}
    >
      {editing ? <CheckIcon /> : <SendIcon />}
    </button>
  );
}

/** What Enter, Escape, Arrow-Up and F6 do. */
function useComposerKeys(
  conversationId: string,
  composer: ComposerControl,
  submit: () => Promise<void>,
  leave: (() => void) | null = null,
) {
  const { enterSends } = useChat();
  const lastOwn = useLastOwnMessage(conversationId);
  const act = {
    submit: () => void submit(),
    leave,
    cancel: composer.editing === null ? composer.cancelReply : composer.cancelEdit,
    "edit-last": lastOwn === undefined ? null : () => composer.startEdit(lastOwn),
  };
  return (event: KeyboardEvent) => {
    const action = composerAction(event.nativeEvent, {
      enterSends: enterSends && !isTouch(),
      empty: composer.text === "",
      bound: composer.editing !== null || composer.replyTo !== null,
    });
    const run = action === null ? null : act[action];
    if (run === null) return;
    event.preventDefault();
    run();
  };
}

/** The field takes the focus, with the caret at the end, when a message comes in to be changed or answered, and keeps it afterwards. */
function useFocusOn(field: RefObject<HTMLTextAreaElement | null>, messageId: string | null): void {
  const before = useRef(messageId);
  // In the same task as the key that asked for it: with an effect after the next picture, what is typed at once would go to the row.
  useLayoutEffect(() => {
    if (messageId === null || before.current === messageId) {
      before.current = messageId;
      return;
    }
    before.current = messageId;
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [field, messageId]);
}
