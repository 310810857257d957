// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  click,
  during,
  get,
  getField,
  press,
  type Rendered,
  render,
  startChat,
  write,
} from "../../test/render-chat.tsx";
import { ChatWindow } from "../index.ts";
import type { MessageTextProps } from "./MessageText.tsx";

/** The texts of the bubbles that rendered, each as often as it did. */
const rendered = vi.hoisted(() => [] as string[]);

// Every bubble has one text, which renders whenever anything around it in the bubble does.
vi.mock("./MessageText.tsx", () => ({
  MessageText: ({ content }: MessageTextProps) => {
    rendered.push(content);
    return <p className="parley-text">{content}</p>;
  },
}));

let chat: ReturnType<typeof startChat>;
let shown: Rendered;

const field = () => getField(shown.page, "Write a message");
const say = (userId: string, content: string) =>
  chat.server.chat.send(userId, chat.conversationId, `${userId}-${content}`, content);

/** What renders while this happens. */
async function rendersOf(action: () => unknown): Promise<string[]> {
  rendered.length = 0;
  await during(action);
  return rendered.toSorted();
}

beforeEach(async () => {
  chat = startChat();
  // One speaks after the other: nobody's run grows by what comes in.
  for (const number of [1, 2, 3, 4]) {
    say("ana", `Ana ${number}`);
    say("ben", `Ben ${number}`);
  }
  shown = await render(chat, <ChatWindow conversationId={chat.conversationId} />);
  // They come in several tasks, which a busy machine takes longer for than `render` waits.
  for (let step = 0; step < 1_000 && new Set(rendered).size < 8; step += 1) await during(() => {});
});
afterEach(() => shown.close());

describe("the rows of a history", () => {
  it("render each once at first", () => {
    expect(new Set(rendered).size).toBe(8);
  });

  it("render one bubble for one that comes in, and the one above it when that no longer ends its run", async () => {
    expect(await rendersOf(() => say("ana", "Ana 5"))).toEqual(["Ana 5"]);
    expect(await rendersOf(() => say("ana", "Ana 6"))).toEqual(["Ana 5", "Ana 6"]);
  });

  it("render one bubble for one that is sent, from the press to the acknowledgement", async () => {
    await write(field(), "Written");
    expect(new Set(await rendersOf(() => press(field(), "Enter")))).toEqual(new Set(["Written"]));
  });

  it("render the bubble that somebody reacted to, also oneself", async () => {
    const [message] = chat.server.chat.conversations.get(chat.conversationId)?.messages ?? [];
    const id = message?.id ?? "";
    expect(await rendersOf(() => chat.server.chat.messages.react("ben", id, "👍", true))).toEqual(["Ana 1"]);
    await expect(rendersOf(() => click(get(shown.page, "button", "👍 from Ben Hofmann")))).resolves.not.toContain(
      "Ana 2",
    );
    expect(new Set(rendered)).toEqual(new Set(["Ana 1"]));
  });

  it("render the own bubbles whose ticks change, and no others", async () => {
    const read = (seq: number) => rendersOf(() => chat.server.chat.read("ben", chat.conversationId, seq));
    // Who writes has read what stood above: only the last one was still to be read.
    say("ana", "Ana 5");
    say("ana", "Ana 6");
    await during(() => {});
    expect(await read(9)).toEqual(["Ana 5"]);
    expect(await read(10)).toEqual(["Ana 6"]);
  });

  it("render none while one writes, while somebody else does, and when they come and go", async () => {
    expect(await rendersOf(() => write(field(), "Hel"))).toEqual([]);
    expect(await rendersOf(() => write(field(), "Hello"))).toEqual([]);
    const typing = { conversationId: chat.conversationId, userId: "ben", typing: true };
    expect(await rendersOf(() => chat.server.emit("ana", { name: "typing:updated", payload: typing }))).toEqual([]);
    const presence = { userId: "ben", status: "online" as const, lastSeenAt: null };
    expect(await rendersOf(() => chat.server.emit("ana", { name: "presence:updated", payload: presence }))).toEqual([]);
  });

  it("render none for what is said elsewhere", async () => {
    const { id } = chat.server.chat.open("ben", { type: "group", participants: [{ userId: "ana" }] });
    expect(await rendersOf(() => chat.server.chat.send("ben", id, "elsewhere", "Elsewhere"))).toEqual([]);
  });
});
