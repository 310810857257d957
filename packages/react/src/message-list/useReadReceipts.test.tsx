// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { during, type Rendered, render, startChat } from "../../test/render-chat.tsx";
import { ChatWindow, useUnreadCount } from "../index.ts";

let chat: ReturnType<typeof startChat>;
let shown: Rendered;
const read = () => chat.server.calls.filter((call) => call.name === "receipt:read").map((call) => call.input);
const wait = (ms: number) => during(() => vi.advanceTimersByTime(ms));

/** The small DOM lays nothing out: rows of 40 px, one below the other, in a viewport of 100 px from the top. */
function layOut(this: Element) {
  const row = [...document.querySelectorAll(".parley-row")].indexOf(this);
  const [top, bottom] = row < 0 ? [0, 100] : [row * 40, row * 40 + 40];
  return { top, bottom } as DOMRect;
}

beforeEach(async () => {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(layOut);
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  // Only the kit's own timers stand still: the client has its own clock, and what settles needs real turns.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true, advanceTimeDelta: 1 });
  chat = startChat();
  for (const content of ["one", "two", "three", "four"]) {
    chat.server.chat.send("ben", chat.conversationId, content, content);
  }
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await shown.close();
});

it("reports what was in view for two seconds, and not what is below", async () => {
  shown = await render(chat, <ChatWindow conversationId={chat.conversationId} />);
  await wait(1_500);
  expect(read()).toEqual([]);
  await wait(600);
  expect(read()).toEqual([{ conversationId: chat.conversationId, seq: 2 }]);
});

it("reports nothing while nobody looks, and begins to count when somebody does", async () => {
  vi.mocked(document.hasFocus).mockReturnValue(false);
  shown = await render(chat, <ChatWindow conversationId={chat.conversationId} />);
  await wait(5_000);
  expect(read()).toEqual([]);
  vi.mocked(document.hasFocus).mockReturnValue(true);
  await during(() => window.dispatchEvent(new Event("focus")));
  await wait(1_000);
  expect(read()).toEqual([]);
  await wait(1_100);
  expect(read()).toHaveLength(1);
});

it("starts anew when the look was interrupted", async () => {
  shown = await render(chat, <ChatWindow conversationId={chat.conversationId} />);
  await wait(1_200);
  vi.mocked(document.hasFocus).mockReturnValue(false);
  await during(() => window.dispatchEvent(new Event("blur")));
  vi.mocked(document.hasFocus).mockReturnValue(true);
  await during(() => window.dispatchEvent(new Event("focus")));
  await wait(1_200);
  expect(read()).toEqual([]);
  await wait(900);
  expect(read()).toHaveLength(1);
});

function Unread() {
  return <output>{useUnreadCount()}</output>;
}

it("does not count what comes in under the reader's eyes, and counts it when they are gone", async () => {
  shown = await render(
    chat,
    <>
      <Unread />
      <ChatWindow conversationId={chat.conversationId} />
    </>,
  );
  const unread = () => document.querySelector("output")?.textContent;
  // What was there before is told as always.
  expect(unread()).toBe("4");
  await during(() => void chat.server.chat.send("ben", chat.conversationId, "five", "five"));
  expect(unread()).toBe("4");
  vi.mocked(document.hasFocus).mockReturnValue(false);
  await during(() => window.dispatchEvent(new Event("blur")));
  expect(unread()).toBe("5");
  await during(() => void chat.server.chat.send("ben", chat.conversationId, "six", "six"));
  expect(unread()).toBe("6");
});
