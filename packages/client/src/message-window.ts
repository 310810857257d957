import type { Message } from "@parley/protocol";
import type { MessageWindow } from "./state.ts";

/** A window whose first page is on its way. It takes no live message: those are laid over the page when it comes. */
export const emptyWindow: MessageWindow = { items: [], hasOlder: true, hasNewer: true, loading: "page" };

/** How many messages one window holds at most. */
const windowLimit = 1_000;

/** Changes the message that is there to a newer version, or appends the next one. Anything else leaves the window as it is. */
export function putMessage(window: MessageWindow, message: Message): MessageWindow {
  const last = window.items.at(-1);
  if (last && message.seq <= last.seq) return replaceMessage(window, message.seq, message.version, () => message);
  if (window.hasNewer) return window;
  if (last && message.seq > last.seq + 1) return { ...window, hasNewer: true };
  return dropOldest({ ...window, items: [...window.items, message] });
}

/** Changes the message at `seq` when the window holds it in a version before `version`. */
export function replaceMessage(
  window: MessageWindow,
  seq: number,
  version: number,
  change: (message: Message) => Message,
): MessageWindow {
  const index = window.items.findLastIndex((message) => message.seq === seq);
  const before = window.items[index];
  if (!before || before.version >= version) return window;
  return { ...window, items: window.items.with(index, change(before)) };
}

/**
 * The page and the window as one stretch; where both hold a message the higher version stands. The window stays as it is
 * when it has moved away since the page was asked for, so that they no longer touch: null.
 */
export function joinPage(
  window: MessageWindow,
  page: readonly Message[],
  side: "older" | "newer",
): MessageWindow | null {
  const [lower, upper] = side === "older" ? [page, window.items] : [window.items, page];
  if ((lower.at(-1)?.seq ?? 0) + 1 < (upper[0]?.seq ?? 0)) return null;
  const bySeq = new Map(window.items.map((message) => [message.seq, message]));
  for (const message of page) {
    const known = bySeq.get(message.seq);
    if (!known || known.version < message.version) bySeq.set(message.seq, message);
  }
  return { ...window, items: [...bySeq.values()].sort((a, b) => a.seq - b.seq) };
}

/** The window within its limit, what is farthest from `side` given up. */
export function trimWindow(window: MessageWindow, side: "older" | "newer"): MessageWindow {
  return side === "older" ? dropNewest(window) : dropOldest(window);
}

function dropOldest(window: MessageWindow): MessageWindow {
  if (window.items.length <= windowLimit) return window;
  return { ...window, items: window.items.slice(-windowLimit), hasOlder: true };
}

function dropNewest(window: MessageWindow): MessageWindow {
  if (window.items.length <= windowLimit) return window;
  return { ...window, items: window.items.slice(0, windowLimit), hasNewer: true };
}
