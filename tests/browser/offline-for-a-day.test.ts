import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { keptTexts } from "../support/browser-outbox.ts";

const SOON = { timeout: 30_000 };
const DAY_MS = 24 * 60 * 60 * 1_000;
/** More than one catch-up brings. */
const MESSAGES = 620;

describe.skipIf(withoutBrowser)("a day without a network", () => {
  let stage: Stage;
  let orderId: string;
  beforeAll(async () => {
    stage = await openStage();
    const query = { subjectType: "order", subjectId: "4711" };
    orderId = (await stage.server.asUser("ana")("listConversations", { query })).conversations.at(0)!.id;
  });
  afterAll(() => stage?.stop());

  const benSays = (conversationId: string, content: string) =>
    stage.server.asUser("ben")("sendMessage", {
      params: { id: conversationId },
      body: { clientMessageId: crypto.randomUUID(), content },
    });

  const open = async (title: string, userIds: readonly string[]) => {
    const participants = userIds.map((userId) => ({ userId }));
    return (await stage.server.asHost("openConversation", { body: { type: "group", title, participants } }))
      .conversation.id;
  };

  /** What a window shows: the lines of the inbox, and the end of the open conversation. */
  async function shown(chat: Chat): Promise<{ inbox: string[]; texts: string[] }> {
    const lines = chat.page.getByRole("navigation", { name: "Conversations" }).getByRole("link");
    const texts = await chat.history.getByRole("paragraph").allTextContents();
    return { inbox: await lines.allTextContents(), texts: texts.slice(-8) };
  }

  /** Everything that may happen to a conversation, and more of it than one catch-up brings. */
  async function aDayOfOthers(small: string, lost: string): Promise<void> {
    const edited = (await benSays(small, "Day: to be eddited")).message.id;
    const deleted = (await benSays(small, "Day: to be deleted")).message.id;
    await stage.server.asUser("ben")("editMessage", { params: { id: edited }, body: { content: "Day: edited" } });
    await stage.server.asUser("ben")("deleteMessage", { params: { id: deleted } });
    await stage.server.asHost("removeParticipant", { params: { id: lost, userId: "ana" } });
    await benSays(lost, "Day: not for Ana");
    await benSays(await open("Day: new", ["ana", "ben"]), "Day: welcome");
    for (let n = 1; n <= MESSAGES; n += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, more) => benSays(orderId, `Day: message ${n + more}`)));
    }
    await benSays(orderId, "Day: the last one");
  }

  it("ends in the state of a device that was never away, and sends once what was written in it", async () => {
    const small = await open("Day: small", ["ana", "ben"]);
    const lost = await open("Day: lost", ["ana", "ben"]);
    await benSays(small, "Day: hello");
    await benSays(lost, "Day: soon over");
    const context = await stage.context();
    const page = await context.newPage();
    await page.clock.install();
    const ana = chatOn(await signInAs(page, "Ana Weber"));
    await ana.open("Day: small");
    await ana.open("Order 4711");
    await context.setOffline(true);
    await page
      .getByRole("status")
      .getByText(/^No connection/)
      .first()
      .waitFor();
    await ana.send("Day: written at the beginning");
    await aDayOfOthers(small, lost);
    await page.clock.fastForward("24:00:00");
    await ana.send("Day: written at the end");
    await ana.ticks("Day: written at the end", "Sending");
    expect(await keptTexts(page)).toEqual(["Day: written at the beginning", "Day: written at the end"]);
    await context.setOffline(false);
    await ana
      .message("Day: written at the end")
      .getByText(/^(Sent|Delivered)$/)
      .waitFor({ state: "attached", ...SOON });

    // A device that never was away: what it shows is fresh from the server. Its clock is the same, for the times on the page.
    const fresh = await (await stage.context()).newPage();
    await fresh.clock.install({ time: Date.now() + DAY_MS });
    const other = chatOn(await signInAs(fresh, "Ana Weber"));
    await other.open("Order 4711");
    await ana.conversation("Day: lost").waitFor({ state: "detached", ...SOON });
    const wanted = ["Day: the last one", "Day: written at the beginning", "Day: written at the end"];
    await expect.poll(() => shown(ana), { timeout: 20_000 }).toEqual(await shown(other));
    const { texts, inbox } = await shown(ana);
    expect(texts.slice(-3)).toEqual(wanted);
    expect(inbox.filter((line) => line.includes("Day: new"))).toHaveLength(1);
    expect(await keptTexts(page)).toEqual([]);

    await ana.open("Day: small");
    await ana.message("Day: edited").waitFor();
    await ana.message("Ben Hofmann deleted this message").waitFor();
    expect(await ana.textsBeginning("Day: to be")).toEqual([]);
    const { messages } = await stage.server.asUser("ben")("listMessages", { params: { id: orderId } });
    expect(messages.slice(-3).map(({ content }) => content)).toEqual(wanted);
  });
});
