/** What the app shows when it has something to show. The first rows stay hidden behind their skeleton until they fill the view. */
const ARRIVED =
  ".parley-scroller-content:not(:has(> .parley-skeleton)) .parley-row, .parley-empty, .parley-conversation, .sign-in, .plain-page";
/** Whatever happens, the app is not covered any longer than this, in ms after its start. */
const LONGEST_MS = 4_000;

/**
 * The first picture of a conversation comes with the page, made by the server, and lies over the app until that shows the same: taken
 * away in the frame in which the app's messages are painted.
 */
export function leaveFirstPaint(app: HTMLElement): void {
  const picture = document.getElementById("first-paint");
  if (picture === null) return;
  const leave = () => {
    observer.disconnect();
    clearTimeout(timer);
    picture.remove();
  };
  const observer = new MutationObserver(() => {
    if (app.querySelector(ARRIVED) !== null) leave();
  });
  const timer = setTimeout(leave, LONGEST_MS);
  observer.observe(app, { childList: true, subtree: true });
}
