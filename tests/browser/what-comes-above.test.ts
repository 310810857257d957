import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { watchPlace } from "../support/browser-scroll.ts";
import { watchShifts } from "../support/browser-shifts.ts";

describe.skipIf(withoutBrowser)("what comes in above the history", () => {
  let stage: Stage;
  let ana: Chat;
  let id: string;
  let pinned: string;
  beforeAll(async () => {
    stage = await openStage();
    const { conversation } = await stage.server.asHost("openConversation", {
      body: { type: "group", title: "Relaunch", participants: ["ana", "ben"].map((userId) => ({ userId })) },
    });
    id = conversation.id;
    for (let number = 1; number <= 80; number += 1) await say(`Number ${number}.`);
    const { messages } = await stage.server.asUser("ben")("listMessages", { params: { id }, query: { limit: 1 } });
    pinned = messages[0]?.id ?? "";
    await stage.server.asUser("ana")("markRead", { params: { id }, body: { seq: 80 } });
    ana = chatOn(await stage.signIn("Ana Weber"));
    await ana.page.goto(`/c/${id}`);
    await ana.message("Number 80.").waitFor();
  });
  afterAll(() => stage?.stop());

  const say = (content: string) =>
    stage.server.asHost("sendMessage", {
      params: { id },
      body: { clientMessageId: crypto.randomUUID(), senderId: "ben", content },
    });
  const pins = () => ana.page.getByRole("complementary", { name: "Pinned messages" });
  const banner = () => ana.page.locator(".inbox-banner-chat p");

  /** The worst movement of a row in the middle of the view while the work is done, in px. */
  async function movedDuring(work: () => Promise<unknown>): Promise<number> {
    const seq = await ana.history.evaluate((scroller) => {
      const { top, height } = scroller.getBoundingClientRect();
      const rows = [...scroller.querySelectorAll("li[data-seq]")];
      return rows.find((row) => row.getBoundingClientRect().bottom > top + height / 2)?.getAttribute("data-seq") ?? "";
    });
    const [worst] = await Promise.all([watchPlace(ana.history.locator(`li[data-seq="${seq}"]`), 2_500), work()]);
    return worst;
  }

  it.each([0, 1_000])(
    "moves no message of a reader %i px above the end: pinned messages, a lost connection",
    async (px) => {
      await ana.history.evaluate((scroller, px) => scroller.scrollTo(0, -px), px);
      await ana.page.waitForTimeout(400);
      const coming = await movedDuring(async () => {
        await stage.server.asUser("ben")("pinMessage", { params: { id: pinned } });
        await pins().waitFor();
        await ana.page.context().setOffline(true);
        await banner().waitFor();
      });
      const going = await movedDuring(async () => {
        await ana.page.context().setOffline(false);
        await banner().waitFor({ state: "detached" });
        await stage.server.asUser("ben")("unpinMessage", { params: { id: pinned } });
        await pins().waitFor({ state: "detached" });
      });
      expect({ coming: Math.round(coming), going: Math.round(going) }).toEqual({ coming: 0, going: 0 });
    },
  );

  it("moves next to nothing on a first visit, where the pinned message comes after the history", async () => {
    await stage.server.asUser("ben")("pinMessage", { params: { id: pinned } });
    const page = await stage.signIn("Ana Weber");
    const shifts = await watchShifts(page);
    await page.goto(`/c/${id}`);
    await page.getByRole("complementary", { name: "Pinned messages" }).waitFor();
    await page.waitForTimeout(1_000);
    // The history gets lower from above: that alone counts 0.02, though none of its messages moves.
    expect(await shifts()).toBeLessThan(0.025);
  });
});
