import { expect, it } from "vitest";
import { describeEmbedding } from "../support/embed-cases.ts";

describeEmbedding("custom elements in a Vue page of a host", { example: "vue", chat: "parley-chatbox" }, (embedded) => {
  it("tell the wrapper what is unread", async () => {
    const { ana, ben } = embedded();
    await ana.page.evaluate(() => document.querySelector("parley-chatbox")?.setAttribute("conversation-id", ""));
    await ben.say("One more question.");
    await expect.poll(() => ana.page.locator("#unread").textContent()).toBe("1");
  });
});
