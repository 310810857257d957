import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { type Finger, fingerOn } from "../support/browser-finger.ts";

const phone = { viewport: { width: 375, height: 740 }, isMobile: true, hasTouch: true };
/** Longer than a touch has to last for a menu, in ms. */
const LONG = 700;

describe.skipIf(withoutBrowser)("fingers and the right mouse button", () => {
  let stage: Stage;
  let ana: Chat;
  let finger: Finger;
  let id: string;
  beforeAll(async () => {
    stage = await openStage();
    const { conversation } = await stage.server.asHost("openConversation", {
      body: { type: "direct", participants: [{ userId: "ana" }, { userId: "clara" }] },
    });
    id = conversation.id;
    for (let number = 1; number <= 40; number += 1) await say("clara", `Before ${number}`);
    await say("clara", "Shall we meet on Friday?");
    await say("ana", "That suits me.");
    await stage.server.asUser("ana")("markRead", { params: { id }, body: { seq: 42 } });
    ana = chatOn(await stage.signIn("Ana Weber", phone));
    await ana.page.goto(`/c/${id}`);
    await ana.message("That suits me.").waitFor();
    finger = await fingerOn(ana.page);
  });
  afterAll(() => stage?.stop());

  const say = (senderId: string, content: string) =>
    stage.server.asHost("sendMessage", {
      params: { id },
      body: { clientMessageId: crypto.randomUUID(), senderId, content },
    });
  const bubble = (text: string) => ana.message(text).locator(".parley-bubble");
  const replyTo = (name: string) => ana.page.getByText(`Replying to ${name}`);
  const menu = () => ana.page.getByRole("menu", { name: "Message actions" });

  it("replies by a swipe towards the middle, on either side, and leaves the bubble where it was", async () => {
    const theirs = bubble("Shall we meet on Friday?");
    const before = await theirs.boundingBox();
    await finger.swipe(theirs, { x: 110, y: 4 });
    await replyTo("Clara Gruber").waitFor();
    expect((await theirs.boundingBox())?.x).toBe(before?.x);
    await ana.page.getByRole("button", { name: "Do not reply" }).click();
    await finger.swipe(bubble("That suits me."), { x: -110, y: 4 });
    await replyTo("You").waitFor();
    await ana.page.getByRole("button", { name: "Do not reply" }).click();
  });

  it("takes neither a short swipe, nor one to the edge, nor scrolling for a reply", async () => {
    const theirs = bubble("Shall we meet on Friday?");
    await finger.swipe(theirs, { x: 35, y: 0 });
    await finger.swipe(theirs, { x: -110, y: 0 });
    const scrolled = () => ana.history.evaluate((list) => list.scrollTop);
    const before = await scrolled();
    await finger.swipe(theirs, { x: 30, y: 200 });
    await expect.poll(scrolled).toBeLessThan(before - 50);
    expect(await ana.page.getByText(/^Replying to/).count()).toBe(0);
    await ana.history.evaluate((list) => list.scrollTo(0, 0));
  });

  it("opens the menu by a long touch, which stays open, and does what is tapped there", async () => {
    await finger.hold(bubble("Shall we meet on Friday?"), LONG);
    await menu().waitFor();
    await ana.page.waitForTimeout(400);
    expect(await menu().isVisible()).toBe(true);
    await menu().getByRole("menuitem", { name: "Reply" }).tap();
    await replyTo("Clara Gruber").waitFor();
    await ana.page.getByRole("button", { name: "Do not reply" }).click();
  });

  it("reacts from that menu by one tap", async () => {
    await finger.hold(bubble("Shall we meet on Friday?"), LONG);
    await menu().getByRole("menuitemcheckbox", { name: "👍" }).tap();
    await ana.message("Shall we meet on Friday?").getByRole("button", { name: "👍 from You" }).waitFor();
    expect(await menu().isVisible()).toBe(false);
  });

  it("opens all emoji without a field that would bring up a keyboard over them", async () => {
    await ana.page.getByRole("button", { name: "Insert an emoji" }).tap();
    const picker = ana.page.getByRole("dialog", { name: "Insert an emoji" });
    await picker.getByRole("searchbox").waitFor();
    await expect.poll(() => picker.evaluate((dialog) => dialog.querySelector(":focus")?.tagName)).toBe("BUTTON");
    await ana.page.keyboard.press("Escape");
    await picker.waitFor({ state: "hidden" });
  });

  it("opens no menu by a short touch, and none by a touch that goes on to scroll", async () => {
    await finger.hold(bubble("Shall we meet on Friday?"), 120);
    await finger.swipe(bubble("Shall we meet on Friday?"), { x: 0, y: 90 });
    await ana.page.waitForTimeout(600);
    expect(await menu().isVisible()).toBe(false);
  });

  it("opens the menu of a conversation by a long touch, and not the conversation", async () => {
    await ana.page.goto("/");
    const line = ana.conversation("Clara Gruber").first();
    await line.waitFor();
    await finger.hold(line, LONG);
    await ana.page.getByRole("menuitem", { name: "Mark as unread" }).waitFor();
    expect(new URL(ana.page.url()).pathname).toBe("/");
    await ana.page.keyboard.press("Escape");
    await line.tap();
    await ana.message("That suits me.").waitFor();
  });

  it("opens the menu at the pointer by a right click; links and marked text keep the browser's own", async () => {
    await say("clara", "See https://example.org/plan for more of it.");
    const desk = chatOn(await stage.signIn("Ana Weber"));
    await desk.page.goto(`/c/${id}`);
    const text = desk.message("See https://example.org/plan").locator(".parley-bubble");
    const box = await text.boundingBox();
    await text.click({ button: "right", position: { x: 12, y: 10 } });
    const ours = desk.page.getByRole("menu", { name: "Message actions" });
    await ours.waitFor();
    const place = await ours.boundingBox();
    expect(Math.abs((place?.x ?? 0) - (box?.x ?? 0) - 12)).toBeLessThan(8);
    await desk.page.keyboard.press("Escape");
    await ours.waitFor({ state: "hidden" });
    await text.getByRole("link").click({ button: "right" });
    await desk.page.waitForTimeout(300);
    expect(await ours.isVisible()).toBe(false);
  });
});
