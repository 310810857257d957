import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useChat } from "../chat-context.ts";
import { usePart } from "../hooks/usePart.ts";
import type { Part } from "../part.ts";

export interface ShownPartProps<Props> {
  readonly part: Part<Props>;
  /** What the part gets once it is here. */
  readonly props: Props;
  /** Stands in its place until then. */
  readonly waiting: ReactNode;
  /** Stands there when it could not be fetched, in the place of a word and a button. */
  readonly missing?: ReactNode;
}

/** A part in its place on the screen. Where it cannot be fetched it says so, and offers to try again. */
export function ShownPart<Props extends object>({ part, props, waiting, missing }: ShownPartProps<Props>) {
  const { labels } = useChat();
  const { Component, failed, retry } = usePart(part);
  const { button, handOn } = useHandedOnFocus(failed, Component !== null);
  if (Component !== null) return <Component {...props} />;
  if (!failed) return waiting;
  if (missing !== undefined) return missing;
  return (
    <div className="parley-empty" role="alert">
      <p className="parley-empty-hint">{labels.partMissing}</p>
      <button ref={button} type="button" className="parley-button" onClick={() => handOn(retry)}>
        {labels.retry}
      </button>
    </div>
  );
}

/**
 * The button goes when it is pressed. Who had the focus there gets it in what stands around it (a dialog, a region), or back on
 * the button when it failed again.
 */
function useHandedOnFocus(failed: boolean, here: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const around = useRef<HTMLElement | null>(null);
  const handOn = (retry: () => void) => {
    const { current } = button;
    const hadFocus = current?.matches(":focus") === true;
    around.current = hadFocus ? (current?.parentElement?.closest<HTMLElement>("[tabindex]") ?? null) : null;
    around.current?.focus();
    retry();
  };
  useLayoutEffect(() => {
    const { current } = around;
    if (current === null) return;
    // Only from where it was put: whoever has gone on since stays there.
    if (failed && current.matches(":focus")) button.current?.focus();
    if (failed || here) around.current = null;
  }, [failed, here]);
  return { button, handOn };
}
