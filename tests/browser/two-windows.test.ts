import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";

describe.skipIf(withoutBrowser)("two people in two windows", () => {
  let stage: Stage;
  let ana: Chat;
  let ben: Chat;
  beforeAll(async () => {
    stage = await openStage();
    ana = chatOn(await stage.signIn("Ana Weber"));
    ben = chatOn(await stage.signIn("Ben Hofmann"));
    await ana.open("Ben Hofmann");
  });
  afterAll(() => stage?.stop());

  it("send and receive; the ticks go from sending to read", async () => {
    await ben.open("Ana Weber");
    const seen = await watchTicks(ana, "Does this reach you?");
    await ana.send("Does this reach you?");
    await ben.message("Does this reach you?").waitFor();
    await ana.ticks("Does this reach you?", "Read");
    expect(await seen()).toEqual(["Sending", "Sent", "Delivered", "Read"]);
    await ben.send("It does.");
    await ana.message("It does.").waitFor();
    expect(await ana.message("Does this reach you?").count()).toBe(1);
  });

  it("count as read only what was in view for two seconds", async () => {
    await ben.open("Sellers' corner");
    await ana.send("Have you a minute?");
    await ana.ticks("Have you a minute?", "Delivered");
    await ben.page.waitForTimeout(3_000);
    expect(await ana.message("Have you a minute?").getByText("Delivered").count()).toBe(1);
    const openedAt = performance.now();
    await ben.open("Ana Weber");
    await ana.ticks("Have you a minute?", "Read");
    expect(performance.now() - openedAt).toBeGreaterThan(1_900);
  });

  it("show unread messages in the list and in the title of the tab, until they were read", async () => {
    await ben.open("Sellers' corner");
    await expect.poll(() => ben.page.title()).toBe("Sellers' corner · Parley");
    await ana.send("One thing,");
    await ana.send("and another.");
    await ben.conversation("Ana Weber").getByText("2 unread messages").waitFor();
    await expect.poll(() => ben.page.title()).toBe("(2) Sellers' corner · Parley");
    await ben.open("Ana Weber");
    await ben.page.waitForFunction(() => document.title === "Ana Weber · Parley");
    await expect.poll(() => ben.conversation("Ana Weber").getByText("unread message").count()).toBe(0);
  });

  it("see each other typing, and that it ends by itself", async () => {
    await ben.open("Ana Weber");
    await ana.composer.pressSequentially("Hm", { delay: 50 });
    const typing = ben.page.getByText("Ana is typing", { exact: true });
    await typing.waitFor();
    await typing.waitFor({ state: "detached", timeout: 6_000 });
    expect(await ana.composer.inputValue()).toBe("Hm");
    await ana.composer.pressSequentially(" well", { delay: 50 });
    await typing.waitFor();
    await ana.composer.press("Enter");
    await ben.message("Hm well").waitFor();
    expect(await typing.count()).toBe(0);
  });

  it("see a message change, marked as edited", async () => {
    await ben.open("Ana Weber");
    await ana.send("See you at fife.");
    await ben.message("See you at fife.").waitFor();
    await ana.choose("See you at fife.", "Edit");
    expect(await ana.composer.inputValue()).toBe("See you at fife.");
    await ana.composer.fill("See you at five.");
    await ana.composer.press("Enter");
    for (const side of [ana, ben]) {
      await side.message("See you at five.").getByText("edited").waitFor();
      expect(await side.message("See you at fife.").count()).toBe(0);
    }
    expect(await ana.composer.inputValue()).toBe("");
  });

  it("see that a message was deleted, on both sides", async () => {
    await ben.open("Ana Weber");
    await ana.send("Not meant for you.");
    await ben.message("Not meant for you.").waitFor();
    await ana.choose("Not meant for you.", "Delete");
    await ana.message("You deleted this message").waitFor();
    await ben.message("Ana Weber deleted this message").waitFor();
    for (const side of [ana, ben]) expect(await side.message("Not meant for you.").count()).toBe(0);
    await ana.page.getByRole("button", { name: "Undo" }).click();
    for (const side of [ana, ben]) await side.message("Not meant for you.").waitFor();
    await ana.choose("Not meant for you.", "Delete");
    await ben.message("Ana Weber deleted this message").waitFor();
    await ana.page.reload();
    await ana.message("You deleted this message").waitFor();
  });

  it("see whether the other is there", async () => {
    await ana.page.getByText("Online", { exact: true }).filter({ visible: true }).last().waitFor();
    await ana.conversation("Ben Hofmann").getByText("Online", { exact: true }).waitFor({ state: "attached" });
    await ben.page.context().close();
    await ana.page.getByText(/^Last seen/).waitFor();
    expect(await ana.conversation("Ben Hofmann").getByText("Online", { exact: true }).count()).toBe(0);
  });
});

/** Writes down every state that the ticks of the message show, as they show it. */
async function watchTicks({ history }: Chat, text: string): Promise<() => Promise<string[]>> {
  const states = await history.evaluateHandle((region, text) => {
    const states: string[] = [];
    const look = () => {
      const row = [...region.querySelectorAll("li")].find((item) => item.textContent.includes(text));
      const state = /(Sending|Sent|Delivered|Read|Not sent)$/.exec(row?.textContent ?? "")?.[1];
      if (state !== undefined && states.at(-1) !== state) states.push(state);
    };
    new MutationObserver(look).observe(region, { subtree: true, childList: true, characterData: true });
    return states;
  }, text);
  return () => states.jsonValue();
}
