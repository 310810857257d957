// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { click, during, getField, type Rendered, render, startChat, write } from "../../test/render-chat.tsx";
import { ChatWindow, ConversationList } from "../index.ts";

let chat: ReturnType<typeof startChat>;
let shown: Rendered;
const onOpen = vi.fn<(conversationId: string) => void>();
const hrefFor = (id: string) => `/conversations/${id}`;
const links = () => [...shown.page.querySelectorAll<HTMLAnchorElement>("nav a")];

beforeEach(() => {
  chat = startChat();
  onOpen.mockReset();
});
afterEach(() => shown.close());

it("puts the newest activity first, with subject, unread messages and the last line", async () => {
  const subject = { type: "order", id: "4711", title: "Website", url: null, state: "new" };
  const order = chat.server.chat.open("ana", { type: "order", subject, participants: [{ userId: "ben" }] });
  shown = await render(chat, <ConversationList hrefFor={hrefFor} onOpen={onOpen} />);
  await during(() => chat.clock.advance(60_000));
  await during(() => chat.server.chat.send("ben", chat.conversationId, "x1", "First"));
  expect(links().map((link) => link.getAttribute("href"))).toEqual([hrefFor(chat.conversationId), hrefFor(order.id)]);
  await during(() => chat.clock.advance(60_000));
  await during(() => chat.server.chat.send("ben", order.id, "x2", "Second"));
  await during(() => chat.server.chat.send("ben", order.id, "x3", "Third"));
  const [top] = links();
  expect(top?.getAttribute("href")).toBe(hrefFor(order.id));
  expect(top?.textContent).toContain("Order 4711 · Website");
  expect(top?.textContent).toContain("Third");
  expect(top?.textContent).toContain("2 unread messages");
});

it("opens on a plain click, and leaves a click with a key to the browser", async () => {
  shown = await render(chat, <ConversationList selectedId={chat.conversationId} hrefFor={hrefFor} onOpen={onOpen} />);
  const [link] = links();
  expect(link?.getAttribute("aria-current")).toBe("page");
  await click(link ?? shown.page);
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(chat.conversationId);
  await during(() => link?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true })));
  expect(onOpen).toHaveBeenCalledOnce();
});

it("shows a draft in the list once its writer pauses, and no longer when it is cleared", async () => {
  shown = await render(
    chat,
    <>
      <ConversationList hrefFor={hrefFor} onOpen={onOpen} />
      <ChatWindow conversationId={chat.conversationId} />
    </>,
    "de",
  );
  const field = getField(shown.page, "Nachricht schreiben");
  vi.useFakeTimers();
  try {
    await write(field, "Ich wollte");
    await during(() => vi.advanceTimersByTime(500));
    await write(field, "Ich wollte noch");
    await during(() => vi.advanceTimersByTime(500));
    expect(links()[0]?.textContent).not.toContain("Entwurf");
    await during(() => vi.advanceTimersByTime(100));
    expect(links()[0]?.textContent).toContain("Entwurf: Ich wollte noch");
    await write(field, "");
    expect(links()[0]?.textContent).not.toContain("Entwurf");
  } finally {
    vi.useRealTimers();
  }
});

it("does not repeat the draft of the conversation that is open", async () => {
  const list = (selectedId?: string) => (
    <>
      <ConversationList {...(selectedId && { selectedId })} hrefFor={hrefFor} onOpen={onOpen} />
      <ChatWindow conversationId={chat.conversationId} />
    </>
  );
  shown = await render(chat, list(chat.conversationId));
  vi.useFakeTimers();
  try {
    await write(getField(shown.page, "Write a message"), "Half a");
    await during(() => vi.advanceTimersByTime(700));
    expect(links()[0]?.textContent).not.toContain("Half a");
  } finally {
    vi.useRealTimers();
  }
});

it("shows what is not sent yet, and says so when it failed", async () => {
  shown = await render(chat, <ConversationList hrefFor={hrefFor} onOpen={onOpen} />);
  const preview = () => links()[0]?.querySelector(".parley-conversation-preview")?.textContent;
  chat.server.faults.call = (call) =>
    call.name === "message:send"
      ? { type: "about:blank", title: "Locked", status: 403, code: "conversation_locked", retryable: false }
      : "pass";
  await during(() => void shown.client.messages.send(chat.conversationId, "Two of **them**"));
  expect(preview()).toBe("Not sentTwo of them");
  chat.server.faults.call = () => "pass";
  const [failed] = shown.client.store.getState().outbox.get(chat.conversationId) ?? [];
  await during(() => shown.client.messages.retry(chat.conversationId, failed?.clientMessageId ?? ""));
  expect(preview()).toMatch(/^(Sent|Delivered)Two of them$/);
});

it("says what an empty inbox means", async () => {
  await during(() => chat.server.chat.removeParticipant(chat.conversationId, "ana"));
  shown = await render(chat, <ConversationList hrefFor={hrefFor} onOpen={onOpen} />);
  expect(shown.page.textContent).toContain("Nothing here yet");
});
