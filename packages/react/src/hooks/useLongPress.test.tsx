// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LONG_PRESS_MS, useLongPress } from "./useLongPress.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
const onLongPress = vi.fn<() => void>();
let target: HTMLElement;
let close: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  const page = document.createElement("div");
  document.body.append(page);
  const root = createRoot(page);
  const Target = () => <p {...useLongPress(onLongPress)}>Hold me</p>;
  act(() => root.render(<Target />));
  target = page.querySelector("p") as HTMLElement;
  close = () => act(() => root.unmount());
});
afterEach(() => {
  close();
  onLongPress.mockClear();
  vi.useRealTimers();
});

/** What a browser sends for a finger that stays `ms`, moved by `moved` px; true: it may play a mouse afterwards. */
function touchFor(ms: number, moved = 0): boolean {
  const send = (type: string, timeStamp: number, clientX = 10) => {
    const init = { pointerType: "touch", isPrimary: true, clientX, clientY: 10, bubbles: true, cancelable: true };
    const event = new PointerEvent(type, init);
    Object.defineProperty(event, "timeStamp", { value: timeStamp });
    target.dispatchEvent(event);
  };
  send("pointerdown", 1_000);
  if (moved > 0) send("pointermove", 1_010, 10 + moved);
  send("pointerup", 1_000 + ms, 10 + moved);
  return target.dispatchEvent(new Event("touchend", { bubbles: true, cancelable: true }));
}

it("answers a long touch when it ends, and calls off the mouse that would be played after it", () => {
  expect(touchFor(LONG_PRESS_MS)).toBe(false);
  expect(onLongPress).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(onLongPress).toHaveBeenCalledOnce();
});

it.each([
  { what: "a short touch", ms: LONG_PRESS_MS - 1, moved: 0 },
  { what: "a finger that moved", ms: 2 * LONG_PRESS_MS, moved: 11 },
])("leaves $what to the browser, also after a long one", ({ ms, moved }) => {
  touchFor(LONG_PRESS_MS);
  vi.runAllTimers();
  expect(touchFor(ms, moved)).toBe(true);
  vi.runAllTimers();
  expect(onLongPress).toHaveBeenCalledOnce();
});
