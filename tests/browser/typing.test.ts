import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { chatOn } from "../support/browser-chat.ts";
import { paintedDuring, watchKeys } from "../support/browser-typing.ts";

const COUNT = 30;

describe.skipIf(withoutBrowser)("somebody who types", () => {
  let stage: Stage;
  let id: string;
  beforeAll(async () => {
    stage = await openStage();
    const { conversation } = await stage.server.asHost("openConversation", {
      body: { type: "group", title: "Relaunch", participants: ["ana", "ben"].map((userId) => ({ userId })) },
    });
    id = conversation.id;
    for (let number = 1; number <= COUNT; number += 1) {
      const body = { clientMessageId: crypto.randomUUID(), senderId: "ben", content: `Number ${number}` };
      await stage.server.asHost("sendMessage", { params: { id }, body });
    }
    await stage.server.asUser("ana")("markRead", { params: { id }, body: { seq: COUNT } });
  });
  afterAll(() => stage?.stop());

  it("changes and paints the composer with each key, and neither the history nor the inbox", async () => {
    const ana = chatOn(await stage.signIn("Ana Weber"));
    await ana.page.goto(`/c/${id}`);
    // All rows: they come in several tasks, and the server's picture goes.
    await expect.poll(() => ana.page.locator("#app .parley-row").count()).toBe(COUNT);
    await ana.page.locator("#first-paint").waitFor({ state: "detached" });
    await ana.page.locator(".parley-history-start").waitFor();
    const session = await stage.browser.newBrowserCDPSession();
    await ana.composer.focus();
    const changes = await watchKeys(ana.page);
    const painted = await paintedDuring(session, async () => {
      await ana.page.keyboard.type("Fast and long, over :smi and @b and back");
      // A draft shows in the inbox after a pause, but not that of the conversation that is open.
      await ana.page.waitForTimeout(1_000);
    });
    expect(await changes()).toEqual([]);
    expect(painted).toContainEqual(expect.stringContaining("parley-composer"));
    expect(painted.filter((name) => /parley-(messages|scroller|row|day|date|conversation)/.test(name))).toEqual([]);
    expect(await ana.conversation("Relaunch").textContent()).not.toContain("Fast and long");
  });
});
