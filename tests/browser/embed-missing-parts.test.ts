import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutBrowser } from "../support/browser.ts";
import { type EmbeddedChat, embeddedChat } from "../support/embed-page.ts";
import { type EmbedStage, openEmbedStage } from "../support/embed-stage.ts";

/** Files with these names are gone, as they are for a page that was open while the server got a newer version. */
const GONE = /\/embed\/(?:Inbox|MessageTools|ChatSearch)-[^/]+\.js$/;

describe.skipIf(withoutBrowser)("custom elements whose later files cannot be fetched", () => {
  let stage: EmbedStage;
  let ana: EmbeddedChat;
  beforeAll(async () => {
    stage = await openEmbedStage("html");
    const prepare = (page: EmbeddedChat["page"]) => page.route(GONE, (route) => route.fulfill({ status: 404 }));
    ana = embeddedChat(await stage.open("ana", { prepare }), "parley-chatbox");
    await ana.composer.waitFor();
  });
  afterAll(() => stage?.stop());

  it("go on with what is there, say what is missing, and bring it once it can be had", async () => {
    await ana.say("Before the menu.");
    await ana.message("Before the menu.").hover();
    const actions = ana.message("Before the menu.").getByRole("button", { name: "Message actions" });
    await actions.click();
    await ana.box.getByText("This could not be loaded. Try again, or reload the page.").waitFor();
    await ana.say("It still sends.");
    await ana.message("It still sends.").waitFor();

    const popup = ana.page.locator("parley-popup");
    await popup.getByRole("button", { name: /^Open messages/ }).click();
    const panel = popup.getByRole("dialog", { name: "Conversations" });
    const alert = panel.getByRole("alert");
    expect(await alert.textContent()).toContain("This could not be loaded. Try again, or reload the page.");
    await alert.getByRole("button", { name: "Try again" }).click();
    await alert.waitFor();

    await ana.page.unroute(GONE);
    const retry = alert.getByRole("button", { name: "Try again" });
    await retry.focus();
    await ana.page.keyboard.press("Enter");
    await panel
      .getByRole("link", { name: /Ben Hofmann/ })
      .first()
      .waitFor();
    expect(await panel.evaluate((element) => element.matches(":focus-within"))).toBe(true);
    await ana.message("Before the menu.").hover();
    await actions.click();
    await ana.box.getByRole("menuitem", { name: "Copy text" }).waitFor();
  });
});
