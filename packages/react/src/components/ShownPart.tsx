import type { ReactNode } from "react";
import { useChat } from "../chat-context.ts";
import { usePart } from "../hooks/usePart.ts";
import type { Part } from "../part.ts";

export interface ShownPartProps<Props> {
  readonly part: Part<Props>;
  /** What the part gets once it is here. */
  readonly props: Props;
  /** Stands in its place until then. */
  readonly waiting: ReactNode;
}

/** A part in its place on the screen. Where it cannot be fetched it says so, and offers to try again. */
export function ShownPart<Props extends object>({ part, props, waiting }: ShownPartProps<Props>) {
  const { labels } = useChat();
  const { Component, failed, retry } = usePart(part);
  if (Component !== null) return <Component {...props} />;
  if (!failed) return waiting;
  return (
    <div className="parley-empty" role="alert">
      <p className="parley-empty-hint">{labels.partMissing}</p>
      <button type="button" className="parley-button" onClick={retry}>
        {labels.retry}
      </button>
    </div>
  );
}
