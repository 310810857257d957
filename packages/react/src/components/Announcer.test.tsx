// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from "vitest";
import { during, type Rendered, render, startChat } from "../../test/render-chat.tsx";
import { Announcer } from "./Announcer.tsx";

let chat: ReturnType<typeof startChat>;
let shown: Rendered;

const say = (userId: string, content: string) =>
  chat.server.chat.send(userId, chat.conversationId, `${userId}-${content}`, content);

/** What a screen reader was told last; longer than a batch takes after `action`. */
async function toldAfter(action: () => unknown): Promise<string | undefined> {
  await during(action);
  await during(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  return shown.page.querySelector("[role=log]")?.textContent ?? undefined;
}
const client = () => shown.client.messages;

beforeEach(async () => {
  chat = startChat();
  for (let number = 1; number <= 180; number += 1) say("ben", `Old ${number}`);
  shown = await render(chat, <Announcer conversationId={chat.conversationId} />);
});
afterEach(() => shown.close());

it("tells what comes in, not what was there", async () => {
  const { conversationId: id } = chat;
  expect(await toldAfter(() => client().load(id))).toBe("");
  expect(await toldAfter(() => client().loadOlder(id))).toBe("");
  expect(await toldAfter(() => say("ana", "Own"))).toBe("");
  expect(await toldAfter(() => say("ben", "New"))).toBe("Ben Hofmann: New");
});

it("is silent while pages are loaded from far above down to the end, which came in long before", async () => {
  const { conversationId: id } = chat;
  expect(await toldAfter(() => client().loadAround(id, 20))).toBe("");
  for (let page = 0; page < 5; page += 1) expect(await toldAfter(() => client().loadNewer(id))).toBe("");
  expect(shown.client.store.getState().messages.get(id)?.hasNewer).toBe(false);
});

it("tells whoever reads far above of the last one, once", async () => {
  const { conversationId: id } = chat;
  await toldAfter(() => client().loadAround(id, 20));
  expect(await toldAfter(() => say("ben", "While reading"))).toBe("Ben Hofmann: While reading");
  expect(await toldAfter(() => client().loadLatest(id))).toBe("Ben Hofmann: While reading");
});
