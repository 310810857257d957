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
  /** Stands there when it could not be fetched, in the place of a word and a button. */
  readonly missing?: ReactNode;
}

/** A part in its place on the screen. Where it cannot be fetched it says so, and offers to try again. */
export function ShownPart<Props extends object>({ part, props, waiting, missing }: ShownPartProps<Props>) {
  const { labels } = useChat();
  const { Component, failed, retry } = usePart(part);
  if (Component !== null) return <Component {...props} />;
  if (!failed) return waiting;
  if (missing !== undefined) return missing;
  return (
    <div className="parley-empty" role="alert">
      <p className="parley-empty-hint">{labels.partMissing}</p>
      <button type="button" className="parley-button" onClick={retry}>
        {labels.retry}
      </button>
    </div>
  );
}
