import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Messages, OPENING_MS } from "../hooks/useMessages.ts";
import { END_ZONE } from "./AnchorKeeper.tsx";
import type { MessageTarget, Target } from "./place.ts";
import {
  follow,
  followNewest,
  holdStill,
  type RowRange,
  type RowWindow,
  resolveRange,
  showAround,
  showNewer,
  showOlder,
  trimNewer,
} from "./row-window.ts";

/** Scrolling counts as stopped after this long without a scroll event, in ms (`scrollend` is not everywhere yet). */
const SCROLL_STOPPED_MS = 180;
/** Older pages come this many viewports before the top is reached. */
const AHEAD = 1.5;
/** Newer rows come this near to the end of what is mounted, in px. */
const NEWER_ZONE = 240;

export interface RowWindowControl {
  readonly range: RowRange;
  /** New messages show at once. */
  readonly following: boolean;
  readonly goTo: RefObject<Target | null>;
  jumpToLatest(): void;
  /** Mounts what is around the message, loading it first when it is not there, and goes to it. */
  show(target: MessageTarget): void;
  onScroll(): void;
  /** Call after layout: mounts or loads what will soon be needed above. */
  fillAbove(): void;
}

/** Decides which rows are mounted, from where the reader is. Begins at `first`, null: with the newest. */
export function useRowWindow(
  messages: Messages,
  scroller: RefObject<HTMLElement | null>,
  first: MessageTarget | null,
): RowWindowControl {
  const [window, setWindow] = useState<RowWindow>(() => windowFor(first, messages.entries) ?? followNewest);
  const goTo = useRef<Target | null>(first);
  const openedAt = useRef(performance.now());
  // A catch-up that starts the conversation over drops all rows.
  if (messages.entries.length === 0 && performance.now() - openedAt.current < OPENING_MS) goTo.current ??= first;
  const lastTop = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const current = useRef({ messages, window });
  current.current = { messages, window };

  const fillAbove = useCallback(() => {
    const place = measure(scroller.current);
    if (place === null || place.fromStart > place.height * AHEAD) return;
    const { messages: now, window: held } = current.current;
    const wider = showOlder(held, now.entries);
    if (wider !== held) setWindow(wider);
    else if (resolveRange(held, now.entries).start === 0 && now.hasOlder && now.loading === null) now.loadOlder();
  }, [scroller]);

  const onScroll = useCallback(() => {
    const place = measure(scroller.current);
    if (place === null) return;
    const movedDown = place.top > lastTop.current;
    lastTop.current = place.top;
    // A message that could not be had is not waited for any longer: its reader has gone on.
    if (current.current.messages.loading !== "page") goTo.current = null;
    setWindow((held) => atPlace(held, current.current.messages, place.fromEnd, movedDown));
    if (movedDown && place.fromEnd < NEWER_ZONE) loadNewerIfNeeded(current.current);
    fillAbove();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setWindow((held) => (held.lastKey === null ? held : trimNewer(held, current.current.messages.entries)));
    }, SCROLL_STOPPED_MS);
  }, [scroller, fillAbove]);

  const { jumpToLatest, show } = useMemo(() => makeJumps(goTo, current, setWindow), []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const following = window.lastKey === null && !messages.hasNewer;
  return { range: resolveRange(window, messages.entries), following, goTo, jumpToLatest, show, onScroll, fillAbove };
}

function makeJumps(
  goTo: RefObject<Target | null>,
  current: RefObject<{ readonly messages: Messages }>,
  setWindow: (window: RowWindow) => void,
) {
  // A new object, so that the keeper runs even when the window stays the same.
  const newest = () => setWindow({ ...followNewest });
  return {
    jumpToLatest: () => {
      goTo.current = "end";
      if (current.current.messages.hasNewer) current.current.messages.loadLatest();
      newest();
    },
    show: (target: MessageTarget) => {
      goTo.current = target;
      const held = windowFor(target, current.current.messages.entries);
      if (held !== null) return setWindow(held);
      newest();
      current.current.messages.loadAround(target.seq);
    },
  };
}

/** The rows around the target, null when its message is not loaded. */
function windowFor(target: MessageTarget | null, entries: Messages["entries"]): RowWindow | null {
  const index = target === null ? -1 : entries.findIndex(({ message }) => message?.seq === target.seq);
  return index < 0 ? null : showAround(index, entries);
}

function atPlace(window: RowWindow, messages: Messages, fromEnd: number, movedDown: boolean): RowWindow {
  const { entries, hasNewer } = messages;
  if (fromEnd > END_ZONE && window.lastKey === null) return holdStill(window, entries);
  if (window.lastKey === null || !movedDown) return window;
  const atEndOfAll = resolveRange(window, entries).end === entries.length && !hasNewer;
  if (atEndOfAll) return fromEnd <= END_ZONE ? follow(window, entries) : window;
  return fromEnd < NEWER_ZONE ? showNewer(window, entries) : window;
}

function loadNewerIfNeeded({ messages, window }: { messages: Messages; window: RowWindow }): void {
  const mountedAll = resolveRange(window, messages.entries).end === messages.entries.length;
  if (mountedAll && messages.hasNewer && messages.loading === null) messages.loadNewer();
}

/** Distances in px. `top` counts from the end: 0 there, negative above. */
function measure(scroller: HTMLElement | null) {
  if (scroller === null) return null;
  const { scrollTop: top, scrollHeight, clientHeight: height } = scroller;
  return { top, height, fromEnd: Math.abs(top), fromStart: scrollHeight - height - Math.abs(top) };
}
