import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { readSettled } from "../support/read-settled.ts";
import { isInView, watchPlace } from "../support/browser-scroll.ts";

describe.skipIf(withoutBrowser)("what can be done with a message", () => {
  let stage: Stage;
  let ana: Chat;
  let ben: Chat;
  let id: string;
  beforeAll(async () => {
    stage = await openStage();
    id = await openLong();
    ana = chatOn(await stage.signIn("Ana Weber"));
    ben = chatOn(await stage.signIn("Ben Hofmann"));
    for (const side of [ana, ben]) await side.page.goto(`/c/${id}`);
    await ana.message("Number 240.").waitFor();
  });
  afterAll(() => stage?.stop());

  const sayAs = (senderId: string, content: string) =>
    stage.server.asHost("sendMessage", {
      params: { id },
      body: { clientMessageId: crypto.randomUUID(), senderId, content },
    });

  /** Ana, Ben and Clara, with 240 messages that Ana has read. */
  async function openLong(): Promise<string> {
    const { conversation } = await stage.server.asHost("openConversation", {
      body: { type: "group", title: "Relaunch", participants: ["ana", "ben", "clara"].map((userId) => ({ userId })) },
    });
    id = conversation.id;
    for (let number = 1; number <= 240; number += 1)
      await sayAs(number % 2 === 0 ? "ben" : "clara", `Number ${number}.`);
    await stage.server.asUser("ana")("markRead", { params: { id }, body: { seq: 240 } });
    return id;
  }
  const chips = (side: Chat, text: string) =>
    side.message(text).getByRole("group", { name: "Reactions" }).getByRole("button");

  it("reacts with one tap from the menu, tells who reacted, and takes it back by another tap", async () => {
    await sayAs("ben", "Shall we?");
    await ana.message("Shall we?").hover();
    await ana.message("Shall we?").getByRole("button", { name: "React" }).click();
    await ana.page.getByRole("dialog", { name: "Add a reaction" }).getByRole("button", { name: "👍" }).click();
    await ben.message("Shall we?").getByRole("button", { name: "👍 from Ana Weber" }).click();
    const own = chips(ana, "Shall we?").first();
    await expect.poll(() => own.getAttribute("aria-label")).toBe("👍 from You and Ben Hofmann");
    expect(await own.getAttribute("aria-pressed")).toBe("true");
    await own.click();
    await expect.poll(() => own.getAttribute("aria-label")).toBe("👍 from Ben Hofmann");
    await chips(ben, "Shall we?").first().click();
    await expect.poll(() => chips(ana, "Shall we?").count()).toBe(0);
  });

  it("finds any emoji by keyboard, for a reaction and for the text", async () => {
    await ana.message("Shall we?").focus();
    await ana.page.keyboard.press("e");
    await ana.page.keyboard.press("End");
    await ana.page.keyboard.press("Enter");
    const search = ana.page.getByRole("searchbox", { name: "Search emoji" });
    await search.fill("rocket");
    await ana.page.getByRole("button", { name: "rocket" }).waitFor();
    await ana.page.keyboard.press("Enter");
    await ben.message("Shall we?").getByRole("button", { name: "🚀 from Ana Weber" }).waitFor();
    await ana.composer.fill("Off we go :rocket");
    const list = ana.page.getByRole("listbox", { name: "Emoji" });
    await list.getByRole("option", { name: "rocket" }).waitFor();
    await ana.page.keyboard.press("Enter");
    expect(await ana.page.getByLabel("Write a message").inputValue()).toBe("Off we go 🚀 ");
    await ana.page.keyboard.press("Enter");
    await ben.message("Off we go 🚀").waitFor();
  });

  it("writes hands in the skin tone that was chosen, also after a reload, and reacts without one", async () => {
    const emoji = () => ana.page.getByRole("button", { name: "Insert an emoji" });
    const dialog = ana.page.getByRole("dialog");
    await emoji().click();
    await dialog.getByRole("button", { name: "Skin tone: No skin tone" }).click();
    await dialog.getByRole("button", { name: "Medium", exact: true }).click();
    await dialog.getByRole("searchbox").fill("waving hand");
    await dialog.getByRole("button", { name: "waving hand" }).click();
    await expect.poll(() => ana.composer.inputValue()).toBe("👋🏽");
    await ana.page.reload();
    await emoji().click();
    await dialog.getByRole("button", { name: "Skin tone: Medium" }).waitFor();
    await dialog.getByRole("searchbox").fill("raised hand");
    await ana.page.keyboard.press("Enter");
    await expect.poll(() => ana.composer.inputValue()).toMatch(/🏽$/u);
    await ana.composer.fill("");
    await ana.message("Shall we?").focus();
    await ana.page.keyboard.press("e");
    await dialog.waitFor();
    await ana.page.keyboard.press("End");
    await ana.page.keyboard.press("Enter");
    await dialog.getByRole("searchbox").fill("clapping");
    await ana.page.keyboard.press("Enter");
    await ben.message("Shall we?").getByRole("button", { name: "👏 from Ana Weber" }).waitFor();
  });

  it("mentions people by a list that the keys move through, and shows me that I am meant", async () => {
    await ana.composer.pressSequentially("Hi @b");
    const field = ana.page.getByRole("textbox", { name: "Write a message" });
    const option = ana.page.getByRole("option", { name: "Ben Hofmann" });
    await option.waitFor();
    expect(await field.getAttribute("aria-activedescendant")).toBe(await option.getAttribute("id"));
    await ana.page.keyboard.press("Enter");
    expect(await ana.composer.inputValue()).toBe("Hi @Ben Hofmann ");
    await ana.page.keyboard.type("look");
    await ana.page.keyboard.press("Enter");
    const mention = ben.message("Hi @Ben Hofmann look").locator(".parley-mention");
    await mention.waitFor();
    expect(await mention.getAttribute("data-me")).toBe("true");
    await ana.composer.pressSequentially("@x");
    expect(await ana.page.getByRole("listbox").count()).toBe(0);
    await ana.composer.fill("");
  });

  it("replies with a quote by the key r, leads to the quoted message and back, and follows its deletion", async () => {
    await ben.send("What about the **budget**?");
    await ana.message("What about the budget?").focus();
    await ana.page.keyboard.press("r");
    await ana.page.getByText("Replying to Ben Hofmann").waitFor();
    await ana.page.keyboard.press("Escape");
    await ana.page.getByText("Replying to Ben Hofmann").waitFor({ state: "hidden" });
    expect(await fieldHasFocusAtOnce(ana, "What about the budget?")).toBe(true);
    await ana.page.keyboard.press("Escape");
    await ana.page.getByText("Replying to Ben Hofmann").waitFor({ state: "hidden" });
    await ana.message("What about the budget?").focus();
    await ana.page.keyboard.press("r");
    await ana.page.keyboard.type("It is enough.");
    await ana.page.keyboard.press("Enter");
    const quote = ben.message("It is enough.").getByRole("button", { name: "In reply to You: What about the budget?" });
    await quote.click();
    await expect.poll(() => focusIn(ben, "What about the budget?")).toBe(true);
    await ben.message("What about the budget?").first().hover();
    await ben.message("What about the budget?").first().getByRole("button", { name: "Message actions" }).click();
    await ben.page.getByRole("menuitem", { name: "Delete" }).click();
    await ana
      .message("It is enough.")
      .getByRole("button", { name: "In reply to Ben Hofmann: Deleted message" })
      .waitFor();
  });

  it("opens a link to an old message at it, and leads back to the end", async () => {
    await ana.page.goto(`/c/${id}/m/20`);
    await ana.message("Number 20.").first().waitFor();
    await expect.poll(() => focusIn(ana, "Number 20.")).toBe(true);
    expect(await isInView(ana.history, ana.message("Number 20.").first())).toBe(true);
    await ana.page.getByRole("button", { name: /^Jump to the latest/ }).click();
    await ana.message("It is enough.").waitFor();
    expect(await isInView(ana.history, ana.message("It is enough."))).toBe(true);
  });

  it("jumps to a pinned message far away, and back to where the reader was, to the pixel", async () => {
    const [target] = (
      await stage.server.asUser("ana")("listMessages", { params: { id }, query: { around: 30, limit: 1 } })
    ).messages;
    if (target === undefined) throw new Error("There is a message.");
    await stage.server.asUser("ben")("pinMessage", { params: { id: target.id } });
    const pinned = ana.page.getByRole("complementary", { name: "Pinned messages" }).getByRole("button");
    await pinned.waitFor();
    await ana.history.evaluate((scroller) => scroller.scrollBy(0, -900));
    const topOf = (text: string) =>
      ana
        .message(text)
        .first()
        .evaluate((row) => row.getBoundingClientRect().top);
    const before = await readSettled(() => topOf("Number 230."));
    await pinned.click();
    const text = target.content ?? "";
    await expect.poll(() => focusIn(ana, text)).toBe(true);
    expect(await isInView(ana.history, ana.message(text).first())).toBe(true);
    await ana.page.getByRole("button", { name: "Back to where you were" }).click();
    await ana.message("Number 230.").first().waitFor();
    await expect.poll(async () => Math.abs((await topOf("Number 230.")) - before)).toBeLessThanOrEqual(1);
    await stage.server.asUser("ben")("unpinMessage", { params: { id: target.id } });
    await pinned.waitFor({ state: "detached" });
  });

  it("keeps the place over a look elsewhere, and moves nothing when reactions and a quote come in above", async () => {
    await ana.page.goto(`/c/${id}`);
    await ana.message("It is enough.").waitFor();
    await ana.history.evaluate((scroller) => scroller.scrollBy(0, -1_200));
    const place = () =>
      ana.history.evaluate((scroller) => {
        const top = scroller.getBoundingClientRect().top;
        const row = [...scroller.querySelectorAll("li[data-seq]")].find(
          (item) => item.getBoundingClientRect().bottom > top,
        );
        return [row?.getAttribute("data-seq"), Math.round((row?.getBoundingClientRect().top ?? 0) - top)];
      });
    const before = await readSettled(place);
    await ana.open("Farid Yılmaz");
    await ana.conversation("Relaunch").click();
    await ana.message("Number 220.").first().waitFor();
    const after = await readSettled(place);
    expect(after[0]).toBe(before[0]);
    expect(Math.abs(Number(after[1]) - Number(before[1]))).toBeLessThanOrEqual(1);
    const seq = Number(before[0]);
    const { messages } = await stage.server.asUser("ana")("listMessages", {
      params: { id },
      query: { before: seq, limit: 6 },
    });
    const watched = watchPlace(ana.history.locator(`li[data-seq="${seq + 1}"]`), 2_000);
    for (const { id } of messages)
      await stage.server.asUser("ben")("addReaction", { params: { id }, body: { emoji: "🎉" } });
    expect(await watched).toBeLessThanOrEqual(1);
  });

  it("opens at the first unread message, with a line above it that stays until its reader answers", async () => {
    await ana.open("Farid Yılmaz");
    for (let number = 1; number <= 80; number += 1) await sayAs("ben", `Fresh ${number}.`);
    await ana.page.goto(`/c/${id}`);
    await ana.message("Fresh 1.").first().waitFor();
    const line = ana.history.getByText("New", { exact: true });
    await line.waitFor();
    expect(await isInView(ana.history, line)).toBe(true);
    expect(await isInView(ana.history, ana.message("Fresh 1.").first())).toBe(true);
    // All that were not read, however few of them are mounted, and fewer as they are read.
    const waiting = ana.page.getByRole("button", { name: /^Jump to the latest message, \d+ new messages/ });
    const count = async () => Number(/\d+/.exec((await waiting.textContent()) ?? "")?.[0]);
    expect(await count()).toBeGreaterThan(60);
    await expect.poll(count).toBeLessThan(80);
    await waiting.click();
    await ana.message("Fresh 80.").waitFor();
    expect(await isInView(ana.history, ana.message("Fresh 80."))).toBe(true);
    const scrollUpTo = (text: string) =>
      expect
        .poll(async () => {
          await ana.history.evaluate((list) => list.scrollBy(0, -400));
          return ana.message(text).first().isVisible();
        })
        .toBe(true);
    await scrollUpTo("Fresh 1.");
    expect(await line.count()).toBe(1);
    await ana.send("Seen them all");
    await ana.message("Seen them all").waitFor();
    expect(await isInView(ana.history, ana.message("Seen them all"))).toBe(true);
    await scrollUpTo("Fresh 1.");
    expect(await line.count()).toBe(0);
  });
});

/** Whether the row of that message, or something in it, has the focus. */
const focusIn = ({ history }: Chat, text: string) =>
  history.evaluate((_, text) => document.activeElement?.closest("li")?.textContent.includes(text) ?? false, text);

/** Presses `r` on that message: whether the next key goes to the composer already, before any picture is made. */
const fieldHasFocusAtOnce = ({ message }: Chat, text: string) =>
  message(text).evaluate(async (row) => {
    row.focus();
    row.dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true }));
    await Promise.resolve();
    await Promise.resolve();
    return document.activeElement instanceof HTMLTextAreaElement;
  });
