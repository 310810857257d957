/** Where the last press was; null after a key. */
let pressed: EventTarget | null = null;
let listening = false;

/**
 * Gives the focus back where it was when a popover in this shadow root closes by a key or by a choice in it: browsers do
 * that in a document, but lose it in a shadow root. A press beside the popover takes the focus along, as ever.
 */
export function keepFocus(shadow: ShadowRoot): void {
  noticePresses();
  const before = new WeakMap<EventTarget, HTMLElement>();
  const within = new WeakSet<EventTarget>();
  const onBeforeToggle = ({ target, newState }: ToggleEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const focused = shadow.activeElement;
    if (newState === "open" && focused instanceof HTMLElement) before.set(target, focused);
    if (newState === "closed" && target.contains(focused) && !isBeside(target)) within.add(target);
  };
  const onToggle = ({ target, newState }: ToggleEvent) => {
    if (newState !== "closed" || target === null || !within.delete(target)) return;
    const focused = shadow.activeElement;
    // What is hidden by now may still have it for a moment.
    if (focused === null || (target as Node).contains(focused)) before.get(target)?.focus();
  };
  // These events do not bubble: they are heard on their way in.
  shadow.addEventListener("beforetoggle", onBeforeToggle as EventListener, true);
  shadow.addEventListener("toggle", onToggle as EventListener, true);
}

const isBeside = (popover: HTMLElement) => pressed instanceof Node && !popover.contains(pressed);

function noticePresses(): void {
  if (listening) return;
  listening = true;
  const onPress = (event: Event) => {
    pressed = event.composedPath()[0] ?? null;
  };
  const onKey = () => {
    pressed = null;
  };
  document.addEventListener("pointerdown", onPress, true);
  document.addEventListener("keydown", onKey, true);
}
