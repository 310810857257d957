import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutBrowser } from "../support/browser.ts";
import { type EmbeddedChat, embeddedChat } from "../support/embed-page.ts";
import { type EmbedStage, openEmbedStage } from "../support/embed-stage.ts";

describe.skipIf(withoutBrowser)("custom elements in a Vue page of a host", () => {
  let stage: EmbedStage;
  let ana: EmbeddedChat;
  let ben: EmbeddedChat;
  beforeAll(async () => {
    stage = await openEmbedStage("vue");
    ana = embeddedChat(await stage.open("ana"), "parley-chatbox");
    ben = embeddedChat(await stage.open("ben"), "parley-chatbox");
    await Promise.all([ana.composer.waitFor(), ben.composer.waitFor()]);
  });
  afterAll(() => stage?.stop());

  it("send and receive between two windows", async () => {
    await ana.say("Is the bakery's logo ready?");
    await ben.message("Is the bakery's logo ready?").waitFor();
    await ben.say("On Friday, as agreed.");
    await ana.message("On Friday, as agreed.").waitFor();
  });

  it("take words as properties, and tell the wrapper what is unread", async () => {
    expect(await ana.composer.getAttribute("placeholder")).toBe("Write about this order …");
    await expect.poll(() => ana.page.locator("#unread").textContent(), { timeout: 10_000 }).toBe("0");
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.setAttribute("conversation-id", ""));
    await ben.say("One more question.");
    await expect.poll(() => ana.page.locator("#unread").textContent()).toBe("1");
  });

  it("load nothing but what the host's policy names, without a word in the console", async () => {
    await Promise.all([ana.page.context().close(), ben.page.context().close()]);
    expect(stage.complaints).toEqual([]);
  });
});
