import { type KeyboardEvent, type Ref, type RefObject, useEffect, useImperativeHandle, useLayoutEffect } from "react";
import type { Completed } from "../composer/completion.ts";
import { useCompletion } from "../composer/useCompletion.ts";
import { useLatest } from "../hooks/useLatest.ts";
import { CompletionList } from "./CompletionList.tsx";

export interface CompletingHandle {
  /** true: the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean;
  /** The caret moved, or the text changed. */
  look(): void;
  close(): void;
}

export interface CompletingProps {
  readonly conversationId: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly put: (completed: Completed) => void;
  readonly ref: Ref<CompletingHandle>;
}

/** Completes "@Name" and ":emoji" over the field that one writes in. */
export function Completing({ conversationId, field, text, put, ref }: CompletingProps) {
  const completion = useCompletion(conversationId, field, text, put);
  useImperativeHandle(ref, () => completion);
  const look = useLatest(completion.look);
  // It may come when somebody has begun to write.
  useEffect(() => look.current(), [look]);
  const { fieldProps } = completion;
  useLayoutEffect(() => {
    const element = field.current;
    for (const [name, value] of Object.entries(fieldProps)) element?.setAttribute(name, value);
    return () => Object.keys(fieldProps).forEach((name) => element?.removeAttribute(name));
  }, [field, fieldProps]);
  return <CompletionList completion={completion} />;
}
