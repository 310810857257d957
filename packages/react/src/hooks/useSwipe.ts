import { type RefCallback, useCallback, useRef } from "react";

/** A ref for an element that follows a finger sideways, towards the middle of the line, and springs back. Only an extra: never the only way. */
export function useSwipe(onSwipe: () => void): RefCallback<HTMLElement> {
  const latest = useRef(onSwipe);
  latest.current = onSwipe;
  return useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    return followLater(element, () => latest.current());
  }, []);
}

/** The first view does not wait for this code; where it cannot be had, there is no swiping. */
function followLater(element: HTMLElement, onSwipe: () => void): () => void {
  let isOver = false;
  let stop = (): void => undefined;
  import("./follow-swipe.ts").then(
    ({ followSwipe }) => {
      if (!isOver) stop = followSwipe(element, onSwipe);
    },
    () => undefined,
  );
  return () => {
    isOver = true;
    stop();
  };
}
