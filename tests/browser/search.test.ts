import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { violations } from "../support/browser-axe.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { waitUntil } from "../support/wait-until.ts";

describe.skipIf(withoutBrowser)("search in a conversation", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ conversationTypes: { order: { searchRate: { count: 60, seconds: 60 } } } });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.stop());

  async function openAna(width = 1440): Promise<Chat> {
    const context = await stage.context({ reducedMotion: "reduce", viewport: { width, height: 900 } });
    const ana = chatOn(await signInAs(await context.newPage(), "Ana Weber"));
    await ana.open("Ben Hofmann");
    return ana;
  }
  const parts = ({ page }: Chat) => {
    const panel = page.getByRole("region", { name: "Search this conversation" });
    return {
      open: page.getByRole("button", { name: "Search this conversation" }),
      panel,
      field: panel.getByRole("searchbox", { name: "Search messages" }),
      hits: panel.getByRole("listitem"),
    };
  };

  /** The index follows behind the messages. */
  const indexed = (q: string) =>
    waitUntil(async () => (await stage.server.asUser("ana")("search", { query: { q } })).hits.length > 0);

  /** Many messages, of which the first speaks of a lantern. */
  async function fill(ana: Chat): Promise<void> {
    await ana.send("The Laternen are in the cellar");
    await ana.ticks("The Laternen are in the cellar", "Sent");
    const id = new URL(ana.page.url()).pathname.split("/").at(-1) ?? "";
    // Her own: the list opens at the newest message, not at the first unread one.
    const caller = stage.server.asUser("ana");
    for (let n = 0; n < 120; n += 1) {
      const body = { clientMessageId: `${id} ${n}`, content: `One line more, ${n}` };
      await caller("sendMessage", { params: { id }, body });
    }
  }

  it("finds another form of the word, marks it, and jumps to it, all by keyboard", async () => {
    const ana = await openAna();
    await fill(ana);
    await ana.page.reload();
    const { open, panel, field, hits } = parts(ana);
    await open.focus();
    await ana.page.keyboard.press("Enter");
    await expect.poll(() => field.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await violations(ana.page)).toEqual([]);
    await indexed("laterne");
    await field.fill("laterne");
    await hits.first().waitFor();
    expect(await hits.count()).toBe(1);
    expect(await hits.first().locator("mark").textContent()).toBe("Laternen");
    expect(await violations(ana.page)).toEqual([]);
    expect(await ana.history.getByText("The Laternen are in the cellar").count()).toBe(0);
    await ana.page.keyboard.press("ArrowDown");
    await ana.page.keyboard.press("Enter");
    await ana.history.getByText("The Laternen are in the cellar").waitFor();
    expect(await panel.count()).toBe(1);
    await hits.getByRole("button").focus();
    await ana.page.keyboard.press("Escape");
    await ana.page.keyboard.press("Escape");
    await ana.page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await open.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  it("covers a narrow screen, and makes way for the message that was chosen; says when there is nothing", async () => {
    const ana = await openAna(375);
    await ana.send("Ein Kupferkessel");
    await ana.ticks("Ein Kupferkessel", "Sent");
    const { open, panel, field, hits } = parts(ana);
    await open.click();
    await field.fill("nirgendwo");
    await panel.getByText("No message found").first().waitFor();
    expect(await violations(ana.page)).toEqual([]);
    await indexed("kupferkessel");
    await field.fill("kupferkess");
    await hits.first().waitFor();
    expect(await violations(ana.page)).toEqual([]);
    await hits.first().getByRole("button").click();
    await panel.waitFor({ state: "detached" });
    await ana.history.getByText("Ein Kupferkessel").first().waitFor();
  });
});
