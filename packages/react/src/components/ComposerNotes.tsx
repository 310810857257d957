import { useState } from "react";
import { useChat } from "../chat-context.ts";
import { useCountdown } from "../hooks/useCountdown.ts";
import { usePause } from "../hooks/usePause.ts";
import { classNames } from "./class-names.ts";
import { LockIcon } from "./icons.tsx";

/** So many characters before the limit, the counter appears. */
const COUNTER_FROM = 200;

export interface ComposerNoteProps {
  readonly id: string;
  /** Code points that are left; negative: too many. */
  readonly remaining: number;
  readonly conversationId: string;
  /** Why a change was refused. */
  readonly refusal: string | null;
  /** From when on a change may be tried again, in milliseconds since the epoch. */
  readonly saveAfter: number | null;
}

/** Under the field: why a change was refused or has to wait, how long the next message waits, or how much room is left once it matters. */
export function ComposerNote({ id, conversationId, remaining, refusal, saveAfter }: ComposerNoteProps) {
  const { labels } = useChat();
  const wait = useWait(conversationId, saveAfter);
  const text = refusal ?? (remaining < 0 ? labels.tooManyCharacters(-remaining) : null);
  return (
    <p id={id} className="parley-composer-note" data-over={text !== null} role="status">
      {text ?? (wait && <Countdown key={wait.until} {...wait} />)}
      {text === null && wait === null && remaining <= COUNTER_FROM && labels.remainingCharacters(remaining)}
    </p>
  );
}

/** What a change waits for, else what the next message waits for. */
function useWait(conversationId: string, saveAfter: number | null): CountdownProps | null {
  const { labels } = useChat();
  const pause = usePause(conversationId);
  if (saveAfter !== null) return { until: saveAfter, say: labels.waitToSave };
  return pause === null ? null : { until: pause, say: labels.waitToWrite };
}

interface CountdownProps {
  readonly until: number;
  readonly say: (seconds: number) => string;
}

/** Eyes see the seconds pass; screen readers are told once, when it begins. */
function Countdown({ until, say }: CountdownProps) {
  const left = useCountdown(until);
  const [atFirst] = useState(left);
  if (left === 0) return null;
  return (
    <>
      <span className="parley-hidden">{say(atFirst)}</span>
      <span aria-hidden="true">{say(left)}</span>
    </>
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
