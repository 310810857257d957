import { ChatError } from "@parley/client";
import type { Problem } from "@parley/protocol";
import { useState } from "react";
import { useChat } from "../chat-context.ts";
import type { Composer } from "../hooks/useComposer.ts";
import type { Labels } from "../labels/labels.ts";
import { problemText } from "../problem-text.ts";

export interface Submitting {
  readonly submit: () => Promise<void>;
  /** Why a change was refused. */
  readonly refusal: string | null;
  /** A change came too fast: when to try again, in milliseconds since the epoch. */
  readonly saveAfter: number | null;
}

type Trouble = Pick<Submitting, "refusal" | "saveAfter">;
const none: Trouble = { refusal: null, saveAfter: null };

/** Sends what is written, or saves the change: a refused one stays in the field. New messages tell their fate themselves. */
export function useSubmit(composer: Composer, sendable: boolean, onSent: (() => void) | undefined): Submitting {
  const { labels } = useChat();
  const [trouble, setTrouble] = useState(none);
  const submit = async () => {
    if (!sendable) return;
    setTrouble(none);
    try {
      if ((await composer.submit()) && composer.editing === null) onSent?.();
    } catch (error) {
      const problem = error instanceof ChatError ? error.problem : null;
      if (problem?.code === "message_deleted") composer.endEdit();
      setTrouble(troubleFrom(problem, labels));
    }
  };
  return { submit, ...trouble };
}

function troubleFrom(problem: Problem | null, labels: Labels): Trouble {
  const waitMs = problem?.code === "rate_limited" ? problem.retryAfterMs : undefined;
  return waitMs === undefined
    ? { refusal: problemText(problem, labels), saveAfter: null }
    : { refusal: null, saveAfter: Date.now() + waitMs };
}
