// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { createChatClient } from "@parley/client";
import { clientOptions } from "@parley/testkit";
import { createRoot } from "react-dom/client";
import {
  ChatProvider,
  type ChatProviderProps,
  Chatbox,
  Inbox,
  type MessageBubbleProps,
  type OutgoingMessage,
  Popup,
} from "../index.ts";
import { click, during, firstHistory, get, getField, press, startChat, write } from "../../test/render-chat.tsx";

type Props = Omit<ChatProviderProps, "client">;
let close: (() => Promise<void>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

/** The kit as a host sets it up: with a provider of its own. Returns how to render it again. */
async function show({ server, clock }: ReturnType<typeof startChat>, props: Props) {
  const client = createChatClient(clientOptions(server, "ana", clock));
  client.connect();
  const page = document.createElement("div");
  document.body.append(page);
  const root = createRoot(page);
  const again = (props: Props) => during(() => root.render(<ChatProvider client={client} {...props} />));
  close = async () => {
    await during(async () => {
      root.unmount();
      await client.close();
    });
    page.remove();
    sessionStorage.clear();
  };
  await again(props);
  await firstHistory(page);
  return { page, client, again };
}

it("shows the host's part in the place of ours, with more props, and mounts it once", async () => {
  const chat = startChat();
  benWrites(chat, "Hello");
  const HostBubble = ({ message }: MessageBubbleProps) => <li className="host-bubble">{message?.content}</li>;
  const props = (label: string): Props => ({
    slots: { MessageBubble: HostBubble },
    slotProps: { ChatHeader: { className: "host-header" } },
    labels: { composerPlaceholder: label, problem: { rate_limited: "Slower." } },
    theme: "dark",
    children: <Chatbox conversationId={chat.conversationId} />,
  });
  const { page, again } = await show(chat, props("Ask away"));
  expect(page.querySelectorAll(".host-bubble")).toHaveLength(1);
  expect(page.querySelector(".parley-header.host-header")).not.toBeNull();
  expect(page.querySelector(".parley-frame")?.getAttribute("data-theme")).toBe("dark");
  expect(page.querySelector("textarea")?.placeholder).toBe("Ask away");
  const row = page.querySelector(".host-bubble");
  await again(props("Ask away"));
  expect(page.querySelector(".host-bubble")).toBe(row);
});

it("asks the host before a message leaves, and keeps it in the composer when the host says no", async () => {
  const chat = startChat();
  let answer: (may: boolean) => void = () => {};
  const onSend = vi.fn<(message: OutgoingMessage) => Promise<boolean>>(
    () => new Promise<boolean>((resolve) => (answer = resolve)),
  );
  const { page } = await show(chat, { onSend, children: <Chatbox conversationId={chat.conversationId} /> });
  const field = getField(page, "Write a message");
  await write(field, "Secret");
  await press(field, "Enter");
  await press(field, "Enter");
  expect(onSend.mock.calls).toEqual([[{ conversationId: chat.conversationId, content: "Secret" }]]);
  await during(() => answer(false));
  expect(field.value).toBe("Secret");
  expect(page.querySelectorAll(".parley-own")).toHaveLength(0);
  await press(field, "Enter");
  await during(() => answer(true));
  expect(field.value).toBe("");
  expect(page.querySelectorAll(".parley-own")).toHaveLength(1);
});

it("tells the host what is unread and what is open", async () => {
  const chat = startChat();
  benWrites(chat, "One");
  benWrites(chat, "Two");
  const onUnread = vi.fn<(total: number) => void>();
  const onOpen = vi.fn<(id: string) => void>();
  await show(chat, { onUnread, onOpen, children: <Chatbox conversationId={chat.conversationId} /> });
  expect(onUnread.mock.calls).toEqual([[2]]);
  expect(onOpen.mock.calls).toEqual([[chat.conversationId]]);
});

it("keeps the inbox's choice to itself, or leaves it to the host", async () => {
  const chat = startChat();
  const onConversationChange = vi.fn<(id: string | null) => void>();
  const { page, again } = await show(chat, { children: <Inbox onConversationChange={onConversationChange} /> });
  expect(page.querySelector("textarea")).toBeNull();
  await click(page.querySelector<HTMLElement>(`a[href="#${chat.conversationId}"]`)!);
  expect(onConversationChange.mock.calls).toEqual([[chat.conversationId]]);
  expect(page.querySelector("textarea")).not.toBeNull();
  await click(get(page, "a", "Back to the conversations"));
  expect(page.querySelector("textarea")).toBeNull();
  await again({ children: <Inbox conversationId={chat.conversationId} /> });
  await click(get(page, "a", "Back to the conversations"));
  expect(page.querySelector("textarea")).not.toBeNull();
});

it("opens a popup with a badge and a teaser, and gives the focus back", async () => {
  const chat = startChat();
  benWrites(chat, "One");
  const { page } = await show(chat, { children: <Popup teaser="Questions?" /> });
  const launcher = get(page, "button", "Open messages (1 unread message)");
  expect(launcher.textContent).toBe("1");
  await click(get(page, "button", "Questions?"));
  const dialog = get(page, "[role=dialog]", "Conversations");
  expect(document.activeElement).toBe(dialog);
  expect(page.textContent).not.toContain("Questions?");
  await press(dialog, "Escape");
  expect(page.querySelector("[role=dialog]")).toBeNull();
  expect(document.activeElement).toBe(launcher);
});

/** Ben writes. */
function benWrites({ server, conversationId }: ReturnType<typeof startChat>, content: string): void {
  server.chat.send("ben", conversationId, content, content);
}
