/** Distance to its anchor and to the edges of the window, in px. */
const GAP = 6;

/**
 * Puts an open popover above its anchor, or below when there is more room, and inside the window: it grows away from its anchor. It covers
 * nothing beside the conversation that it belongs to, where that is wide enough.
 */
export function placeBeside(popover: HTMLElement, anchor: DOMRect): void {
  const { innerHeight, innerWidth } = window;
  const { style } = popover;
  style.maxHeight = "";
  const { width, height } = popover.getBoundingClientRect();
  const above = anchor.top - 2 * GAP;
  const below = innerHeight - anchor.bottom - 2 * GAP;
  const isAbove = height <= above || above >= below;
  style.top = isAbove ? "auto" : `${anchor.bottom + GAP}px`;
  style.bottom = isAbove ? `${innerHeight - anchor.top + GAP}px` : "auto";
  style.maxHeight = `${isAbove ? above : below}px`;
  const left = anchor.left + anchor.width / 2 - width / 2;
  const chat = popover.closest(".parley-chat")?.getBoundingClientRect();
  const [from, to] = chat !== undefined && chat.width >= width + 2 * GAP ? [chat.left, chat.right] : [0, innerWidth];
  style.left = `${Math.max(from + GAP, Math.min(left, to - width - GAP))}px`;
}
