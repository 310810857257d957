// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from "vitest";
import { during, type Rendered, render, startChat } from "../../test/render-chat.tsx";
import { useChatState, useConversation, useMessages, useUnreadCount } from "../index.ts";

let chat: ReturnType<typeof startChat>;
let shown: Rendered;
beforeEach(() => {
  chat = startChat();
});
afterEach(() => shown.close());

it("renders only what a change concerns", async () => {
  const other = chat.server.chat.open("ana", { type: "group", title: "Other", participants: [{ userId: "ben" }] });
  const renders = { messages: 0, conversation: 0, unread: 0 };
  const Messages = () => {
    renders.messages += 1;
    return useMessages(chat.conversationId).entries.length;
  };
  const Conversation = () => {
    renders.conversation += 1;
    return useConversation(chat.conversationId)?.lastSeq;
  };
  const Unread = () => {
    renders.unread += 1;
    return <b>{useUnreadCount()}</b>;
  };
  shown = await render(
    chat,
    <>
      <Messages />
      <Conversation />
      <Unread />
    </>,
  );
  const before = { ...renders };
  await during(() => chat.server.chat.send("ben", other.id, "x", "Elsewhere"));
  expect(shown.page.querySelector("b")?.textContent).toBe("1");
  expect(renders.messages).toBe(before.messages);
  expect(renders.conversation).toBe(before.conversation);
  expect(renders.unread).toBeGreaterThan(before.unread);
});

it("takes a selector that makes something new each time, when it is told what counts as the same", async () => {
  let renders = 0;
  const Ids = () => {
    renders += 1;
    return useChatState(
      (state) => [...state.conversations.keys()],
      (a, b) => a.join() === b.join(),
    ).join();
  };
  shown = await render(chat, <Ids />);
  const before = renders;
  await during(() => chat.server.chat.send("ben", chat.conversationId, "x", "Changes the conversation, not its id"));
  expect(shown.page.textContent).toBe(chat.conversationId);
  expect(renders).toBe(before);
});
