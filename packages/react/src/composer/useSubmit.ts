import { ChatError } from "@parley/client";
import { useState } from "react";
import { useChat } from "../chat-context.ts";
import type { Composer } from "../hooks/useComposer.ts";
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
      const waitMs = problem?.code === "rate_limited" ? problem.retryAfterMs : undefined;
      if (waitMs === undefined) setTrouble({ refusal: problemText(problem, labels), saveAfter: null });
      else setTrouble({ refusal: null, saveAfter: Date.now() + waitMs });
    }
  };
  return { submit, ...trouble };
}
