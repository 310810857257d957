import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutBrowser } from "./browser.ts";
import { violations } from "./browser-axe.ts";
import type { Example } from "./embed-host.ts";
import { colourOf, type EmbeddedChat, embeddedChat } from "./embed-page.ts";
import { type EmbedStage, openEmbedStage, type WindowOptions } from "./embed-stage.ts";

/** The page of an example, open for both people of its order. */
export interface Embedded {
  readonly stage: EmbedStage;
  readonly ana: EmbeddedChat;
  readonly ben: EmbeddedChat;
}

export interface Embedding {
  readonly example: Example;
  /** What holds the chat about the order. */
  readonly chat: string;
  readonly bensWindow?: WindowOptions;
  /** What `more` provokes in the console. */
  readonly provoked?: RegExp;
}

/**
 * What every way of embedding does, and `more` of this one. `embedded` is there as soon as the tests run.
 */
export function describeEmbedding(
  title: string,
  { example, chat, bensWindow = {}, provoked }: Embedding,
  more: (embedded: () => Embedded) => void,
): void {
  // oxlint-disable-next-line vitest/valid-title -- it comes from the file of the example
  describe.skipIf(withoutBrowser)(title, () => {
    let stage: EmbedStage;
    let ana: EmbeddedChat;
    let ben: EmbeddedChat;
    beforeAll(async () => {
      stage = await openEmbedStage(example);
      ana = embeddedChat(await stage.open("ana"), chat);
      ben = embeddedChat(await stage.open("ben", bensWindow), chat);
      await Promise.all([ana.composer.waitFor(), ben.composer.waitFor()]);
    });
    afterAll(() => stage?.stop());

    it("sends and receives between two windows", async () => {
      await ana.say("Is the bakery's logo ready?");
      await ben.message("Is the bakery's logo ready?").waitFor();
      await ben.say("On Friday, as agreed.");
      await ana.message("On Friday, as agreed.").waitFor();
    });

    it("takes the host's words and colours", async () => {
      expect(await ana.composer.getAttribute("placeholder")).toBe("Write about this order …");
      const bubble = ana.box.locator(".parley-own .parley-bubble").first();
      expect(await colourOf(bubble)).toBe("rgb(15, 76, 58)");
    });

    it("tells the host what is unread", async () => {
      // Nothing counts while it is looked at; it is read, for whatever comes next, once it was in view for two seconds.
      const params = { id: stage.conversationId };
      const own = async () => (await stage.parley.asUser("ana")("getConversation", { params })).conversation;
      await expect.poll(async () => (await own()).unread).toBe(0);
      await expect.poll(() => ana.page.locator("#unread").textContent()).toBe("0");
    });

    it("can be used by everybody, as far as axe can tell", async () => {
      expect(await violations(ana.page)).toEqual([]);
    });

    more(() => ({ stage, ana, ben }));

    it("loads nothing but what the host's policy names, without a word in the console", async () => {
      const page = await stage.open("ana");
      await embeddedChat(page, chat).composer.waitFor();
      await Promise.all([page, ana.page, ben.page].map((one) => one.context().close()));
      expect(stage.complaints.filter((line) => provoked?.test(line) !== true)).toEqual([]);
      expect(stage.parley.complaints).toEqual([]);
    });
  });
}
