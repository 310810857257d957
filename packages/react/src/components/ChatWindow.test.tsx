// @vitest-environment happy-dom
import { problemOf } from "@parley/testkit";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
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

// The menu is a part of its own, which comes when it is asked for: here without a wait.
beforeAll(() => import("./MessageTools.tsx"));

let chat: ReturnType<typeof startChat>;
let shown: Rendered;

const show = async (locale: "de" | "en" = "en") => {
  shown = await render(chat, <ChatWindow conversationId={chat.conversationId} />, locale);
};
const field = () => getField(shown.page, "Write a message");
/** What a part brings, once that has come. */
const appears = (selector: string, name: string) =>
  vi.waitFor(async () => {
    await during(() => {});
    return get(shown.page, selector, name);
  });
const rows = () => [...shown.page.querySelectorAll<HTMLElement>("li.parley-row")];
const ticksOf = (row: HTMLElement | undefined) => row?.querySelector(".parley-ticks")?.textContent;
const say = (userId: string, content: string) =>
  chat.server.chat.send(userId, chat.conversationId, `${userId}-${content}`, content);
beforeEach(() => {
  chat = startChat();
});
afterEach(async () => {
  vi.useRealTimers();
  await shown.close();
});

/** It is as late on the page as for the client, however long a busy machine takes. */
const standStill = () => vi.useFakeTimers({ toFake: ["Date"], now: chat.clock.now() });

describe("ChatWindow", () => {
  it("shows with whom, the history by days, and who said what", async () => {
    say("ana", "Hello Ben");
    say("ben", "Hello Ana");
    await show("de");
    expect(shown.page.querySelector("h2")?.textContent).toBe("Ben Hofmann");
    expect(shown.page.querySelector(".parley-date")?.textContent).toBe("Heute");
    expect(rows().map((row) => row.querySelector(".parley-message-main > span")?.textContent)).toEqual([
      "Du: ",
      "Ben Hofmann: ",
    ]);
    expect(rows().map((row) => row.querySelector(".parley-text")?.textContent)).toEqual(["Hello Ben", "Hello Ana"]);
  });

  it("shows an own message at once, and keeps its very row when it is confirmed, delivered and read", async () => {
    await show();
    let answer = false;
    chat.server.faults.call = (call) => (call.name === "message:send" && !answer ? "lost" : "pass");
    await write(field(), "On its way");
    await press(field(), "Enter");
    const [row] = rows();
    expect(ticksOf(row)).toBe("Sending");
    expect(field().value).toBe("");
    answer = true;
    chat.server.cut();
    await during(() => chat.clock.advance(30_000));
    expect(ticksOf(rows()[0])).toBe("Sent");
    expect(rows()[0]).toBe(row);
    await during(() => chat.server.chat.delivered("ben", chat.conversationId, 1));
    expect(ticksOf(row)).toBe("Delivered");
    await during(() => chat.server.chat.read("ben", chat.conversationId, 1));
    expect(ticksOf(row)).toBe("Read");
  });

  it("leaves the Enter of an input method alone", async () => {
    await show();
    await write(field(), "にほん");
    await press(field(), "Enter", { isComposing: true });
    await press(field(), "Enter", { keyCode: 229 });
    expect(rows()).toHaveLength(0);
    expect(field().value).toBe("にほん");
  });

  it("keeps a refused message in place, says why, and sends it again or drops it", async () => {
    await show();
    let refuse = true;
    chat.server.faults.call = (call) =>
      call.name === "message:send" && refuse
        ? { type: "about:blank", title: "Locked", status: 403, code: "conversation_locked", retryable: false }
        : "pass";
    for (const text of ["First", "Second"]) {
      await write(field(), text);
      await press(field(), "Enter");
    }
    expect(rows().map(ticksOf)).toEqual(["Not sent", "Not sent"]);
    expect(rows()[0]?.textContent).toContain("The conversation was locked.");
    refuse = false;
    const [first, second] = rows();
    await click(get(second ?? shown.page, "button", "Discard"));
    await click(get(first ?? shown.page, "button", "Try again"));
    expect(rows().map((row) => [row.querySelector(".parley-text")?.textContent, ticksOf(row)])).toEqual([
      ["First", "Sent"],
    ]);
  });

  it("takes the last own message back into the composer on Arrow-Up, and marks it as edited", async () => {
    say("ana", "A tpyo");
    await show();
    await press(field(), "ArrowUp");
    expect(field().value).toBe("A tpyo");
    await press(field(), "Escape");
    expect(field().value).toBe("");
    await press(field(), "ArrowUp");
    await write(field(), "A typo");
    await press(field(), "Enter");
    expect(rows()[0]?.querySelector(".parley-text")?.textContent).toBe("A typo");
    expect(rows()[0]?.textContent).toContain("edited");
    expect(field().value).toBe("");
  });

  it("takes back on Arrow-Up what was sent right before, and nothing older while that is on its way", async () => {
    say("ana", "An older one");
    await show();
    let answer = false;
    chat.server.faults.call = (call) => (call.name === "message:send" && !answer ? "lost" : "pass");
    await write(field(), "Just sent");
    await press(field(), "Enter");
    await press(field(), "ArrowUp");
    expect(field().value).toBe("");
    answer = true;
    chat.server.cut();
    await during(() => chat.clock.advance(30_000));
    await press(field(), "ArrowUp");
    expect(field().value).toBe("Just sent");
  });

  it("deletes at once, leaves a tombstone, and takes it back by the notice", async () => {
    say("ana", "Regret");
    await show();
    const [row] = rows();
    await click(get(row ?? shown.page, "button", "Message actions"));
    await click(await appears("[role=menuitem]", "Delete"));
    expect(rows()[0]?.textContent).toContain("You deleted this message");
    expect(document.activeElement).toBe(row);
    await click(get(shown.page, "button", "Undo"));
    expect(rows()[0]?.textContent).toContain("Regret");
  });

  it("says why nobody writes in a locked conversation", async () => {
    await show();
    await during(() => chat.server.chat.change(chat.conversationId, { status: "locked" }));
    expect(shown.page.querySelector("textarea")).toBeNull();
    expect(shown.page.querySelector("[role=note]")?.textContent).toContain("locked");
  });

  it("warns near the limit and does not send beyond it", async () => {
    await show();
    await write(field(), "x".repeat(4_990));
    const note = () => shown.page.querySelector(".parley-composer-note")?.textContent;
    expect(note()).toBe("10 characters left");
    await write(field(), "x".repeat(5_001));
    expect(note()).toBe("1 character too many");
    await press(field(), "Enter");
    expect(rows()).toHaveLength(0);
  });

  it("counts down what waits because it came too fast, tells it once by ear, and sends it by itself", async () => {
    standStill();
    await show();
    let isFast = true;
    chat.server.faults.call = ({ name }) =>
      name === "message:send" && isFast ? problemOf("rate_limited", { retryAfterMs: 3_000 }) : "pass";
    await write(field(), "Too fast");
    await press(field(), "Enter");
    const note = () => shown.page.querySelector(".parley-composer-note");
    const [heard, seen] = note()?.children ?? [];
    expect(seen?.textContent).toBe("That was a little fast. Your message will be sent in 3 seconds.");
    vi.setSystemTime(chat.clock.now() + 1_200);
    // Its own timer was set before this one.
    await during(() => new Promise((resolve) => setTimeout(resolve, 1_100)));
    expect(seen?.textContent).toBe("That was a little fast. Your message will be sent in 2 seconds.");
    expect(seen?.getAttribute("aria-hidden")).toBe("true");
    expect(heard?.textContent).toBe("That was a little fast. Your message will be sent in 3 seconds.");
    expect(rows().map(ticksOf)).toEqual(["Sending"]);
    isFast = false;
    await during(() => chat.clock.advance(3_000));
    expect(rows().map(ticksOf)).toEqual(["Sent"]);
    expect(note()?.textContent).toBe("");
  });

  it("keeps a change that came too fast in the field, and says when it can be saved", async () => {
    standStill();
    say("ana", "A tpyo");
    await show();
    chat.server.faults.call = ({ name }) =>
      name === "message:edit" ? problemOf("rate_limited", { retryAfterMs: 4_000 }) : "pass";
    await press(field(), "ArrowUp");
    await write(field(), "A typo");
    await press(field(), "Enter");
    expect(field().value).toBe("A typo");
    expect(shown.page.querySelector(".parley-composer-note [aria-hidden]")?.textContent).toBe(
      "That was a little fast. Save again in 4 seconds.",
    );
  });

  it("makes a draft of a change whose message was deleted elsewhere, where none waits, and says so", async () => {
    say("ana", "A tpyo");
    await show();
    chat.server.faults.call = ({ name }) => (name === "message:edit" ? problemOf("message_deleted") : "pass");
    await press(field(), "ArrowUp");
    await write(field(), "A typo");
    await press(field(), "Enter");
    expect(field().value).toBe("A typo");
    expect(shown.page.querySelector(".parley-composer-editing")).toBeNull();
    expect(shown.page.querySelector(".parley-composer-note")?.textContent).toBe("The message was deleted.");
    await click(get(rows()[0] ?? shown.page, "button", "Message actions"));
    await click(await appears("[role=menuitem]", "Edit"));
    expect(field().value).toBe("A tpyo");
    await press(field(), "Enter");
    expect(field().value).toBe("A typo");
    get(shown.page, "button", "Send");
  });

  it("names who is typing, and lets it go when the lease runs out", async () => {
    await show();
    const event = { conversationId: chat.conversationId, userId: "ben", typing: true };
    const typing = () => shown.page.querySelector(".parley-typing")?.textContent;
    // The words are a part of their own, which comes a while after the history.
    await vi.waitFor(async () => {
      await during(() => chat.server.emit("ana", { name: "typing:updated", payload: event }));
      expect(typing()).toBe("Ben is typing");
    }, 10_000);
    await during(() => chat.clock.advance(4_000));
    expect(typing()).toBe("");
  });

  it("moves from the list through the messages, to the menu and back to the composer, by keys", async () => {
    say("ana", "One");
    say("ben", "Two");
    await show();
    const list = get(shown.page, "section", "Message history");
    list.focus();
    await press(list, "ArrowUp");
    expect(document.activeElement).toBe(rows()[1]);
    await press(rows()[1] ?? list, "ArrowUp");
    expect(document.activeElement).toBe(rows()[0]);
    expect(rows()[0]?.querySelector<HTMLElement>(".parley-actions-button")?.tabIndex).toBe(0);
    expect(rows()[1]?.querySelector<HTMLElement>(".parley-actions-button")?.tabIndex).toBe(-1);
    await press(rows()[0] ?? list, "End");
    expect(document.activeElement).toBe(rows()[1]);
    await press(rows()[1] ?? list, "Escape");
    expect(document.activeElement).toBe(field());
  });

  it("leads back to the list while nothing has come in yet", async () => {
    chat.server.faults.call = () => "lost";
    shown = await render(chat, <ChatWindow conversationId={chat.conversationId} backHref="/list" />);
    expect(shown.page.querySelector(".parley-skeleton")).not.toBeNull();
    expect(get(shown.page, "a", "Back to the conversations").getAttribute("href")).toBe("/list");
  });

  it("names the people of a group with me as the last, from their own first letter on, wherever the page begins", async () => {
    chat.server.chat.users.set("cem", { id: "cem", name: "Cem Aydın", picture: null, role: null });
    const { id } = chat.server.chat.open("ben", {
      type: "group",
      participants: [{ userId: "ana" }, { userId: "cem" }],
    });
    shown = await render(chat, <ChatWindow conversationId={id} />, "de");
    const people = shown.page.querySelector(".parley-header-detail");
    expect(people?.textContent).toBe("Ben, Cem und du");
    expect(people?.getAttribute("dir")).toBe("auto");
  });

  it("says that a conversation is not there", async () => {
    shown = await render(chat, <ChatWindow conversationId="elsewhere" />);
    expect(shown.page.textContent).toContain("Conversation not found");
  });
});
