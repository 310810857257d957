import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { type Gate, gateFor } from "../support/browser-gate.ts";
import { waitUntil } from "../support/wait-until.ts";

const SOON = { timeout: 30_000 };

describe.skipIf(withoutBrowser)("offline and back", () => {
  let stage: Stage;
  let orderId: string;
  beforeAll(async () => {
    stage = await openStage({ conversationTypes: { support: { maxTextLength: 20 } } });
    const { conversations } = await stage.server.asUser("ana")("listConversations", {
      query: { subjectType: "order", subjectId: "4711" },
    });
    orderId = conversations.at(0)!.id;
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.stop());

  /** Ana in her conversation with Ben, behind a gate. */
  async function anaBehindGate(): Promise<{ ana: Chat; gate: Gate }> {
    const context = await stage.context();
    const gate = await gateFor(context);
    const ana = chatOn(await signInAs(await context.newPage(), "Ana Weber"));
    await ana.open("Ben Hofmann");
    return { ana, gate };
  }

  /** Ben writes from another program. */
  const benSays = async (content: string) =>
    stage.server.asUser("ben")("sendMessage", {
      params: { id: orderId },
      body: { clientMessageId: crypto.randomUUID(), content },
    });

  /** What the server holds of the messages that begin so, in its order. Seqs must have no hole. */
  async function storedTexts(start: string): Promise<string[]> {
    const { messages } = await stage.server.asUser("ana")("listMessages", {
      params: { id: orderId },
      query: { limit: 100 },
    });
    const first = messages.at(0)!.seq;
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => first + index));
    return messages.map(({ content }) => content ?? "").filter((text) => text.startsWith(start));
  }

  const stored = (start: string, count: number) =>
    waitUntil(async () => (await storedTexts(start)).length >= count, {
      withinMs: 30_000,
      what: `${count} messages "${start}" are stored`,
    });

  it("says so, keeps what is written, then sends it once and brings what was missed", async () => {
    const ana = chatOn(await stage.signIn("Ana Weber"));
    await ana.open("Ben Hofmann");
    await ana.page.context().setOffline(true);
    const banner = ana.page.getByRole("status").getByText(/^No connection/);
    await banner.first().waitFor();
    await ana.send("Away: mine, one");
    await ana.send("Away: mine, two");
    await ana.ticks("Away: mine, two", "Sending");
    for (const number of ["one", "two", "three"]) await benSays(`Away: yours, ${number}`);
    expect(await storedTexts("Away: mine")).toEqual([]);
    await ana.page.context().setOffline(false);
    await banner.filter({ visible: true }).waitFor({ state: "detached", ...SOON });
    await ana.message("Away: yours, three").waitFor(SOON);
    await stored("Away: mine", 2);
    await ana
      .message("Away: mine, two")
      .getByText(/^(Sent|Delivered|Read)$/)
      .waitFor({ state: "attached" });
    await ana.page.waitForTimeout(1_000);
    const expected = ["yours, one", "yours, two", "yours, three", "mine, one", "mine, two"].map(
      (text) => `Away: ${text}`,
    );
    expect(await storedTexts("Away")).toEqual(expected);
    expect(await ana.textsBeginning("Away")).toEqual(expected);
  });

  it("keeps a waiting message over a reload, and sends it exactly once", async () => {
    const { ana, gate } = await anaBehindGate();
    gate.onlyRequests(() => false);
    await gate.closeSockets();
    await ana.send("Reload: still here?");
    await ana.ticks("Reload: still here?", "Sending");
    await ana.page.reload();
    // Nothing can be read yet, then everything but nothing be sent.
    await ana.page
      .getByRole("status")
      .getByText(/^No connection/)
      .first()
      .waitFor(SOON);
    gate.onlyRequests((method, path) => method === "GET" || path === "/api/sync");
    await ana
      .message("Reload: still here?")
      .getByText("Sending")
      .waitFor({ state: "attached", ...SOON });
    expect(await storedTexts("Reload")).toEqual([]);
    gate.open();
    await stored("Reload", 1);
    await ana
      .message("Reload: still here?")
      .getByText(/^(Sent|Delivered)$/)
      .waitFor({ state: "attached", ...SOON });
    await ana.page.reload();
    await ana.message("Reload: still here?").waitFor();
    await ana.page.waitForTimeout(1_000);
    expect(await storedTexts("Reload")).toEqual(["Reload: still here?"]);
    expect(await ana.message("Reload: still here?").count()).toBe(1);
  });

  it("sends what was written while the server was stopped", async () => {
    const ana = chatOn(await stage.signIn("Ana Weber"));
    await ana.open("Ben Hofmann");
    await stage.server.halt();
    await ana.send("Halt: one");
    await ana.send("Halt: two");
    await ana.page.waitForTimeout(500);
    await stage.server.start();
    await stored("Halt", 2);
    await ana
      .message("Halt: two")
      .getByText(/^(Sent|Delivered)$/)
      .waitFor({ state: "attached", ...SOON });
    expect(await storedTexts("Halt")).toEqual(["Halt: one", "Halt: two"]);
  });

  it("tells why a message was refused, sends it again when told to, and lets it be discarded", async () => {
    const { ana, gate } = await anaBehindGate();
    const setStatus = (status: "active" | "locked") =>
      stage.server.asHost("changeConversation", { params: { id: orderId }, body: { status } });
    gate.onlyRequests(() => false);
    await gate.closeSockets();
    await ana.send("Refused: try again");
    await ana.send("Refused: give up");
    await ana.ticks("Refused: give up", "Sending");
    await setStatus("locked");
    gate.open();
    for (const text of ["Refused: try again", "Refused: give up"]) {
      await ana.message(text).getByText("Not sent. The conversation was locked.").waitFor(SOON);
    }
    await ana.message("Refused: try again").getByRole("button", { name: "Try again" }).click();
    await ana.message("Refused: try again").getByText("Not sent. The conversation was locked.").waitFor();
    await ana.message("Refused: give up").getByRole("button", { name: "Discard" }).click();
    await ana.message("Refused: give up").waitFor({ state: "detached" });
    await setStatus("active");
    await ana.message("Refused: try again").getByRole("button", { name: "Try again" }).click();
    await ana
      .message("Refused: try again")
      .getByText(/^(Sent|Delivered)$/)
      .waitFor({ state: "attached" });
    await ana.page.reload();
    await ana.message("Refused: try again").waitFor();
    expect(await ana.message("Refused: give up").count()).toBe(0);
    expect(await storedTexts("Refused")).toEqual(["Refused: try again"]);
  });

  it("holds back what is too long for this kind of conversation, and says by how much", async () => {
    await stage.server.asHost("openConversation", {
      body: {
        type: "support",
        title: "Short words",
        participants: [{ userId: "clara" }, { userId: "ben" }, { userId: "ana" }],
      },
    });
    const clara = chatOn(await stage.signIn("Clara Gruber"));
    await clara.conversation("Short words").click();
    await clara.composer.waitFor();
    await clara.send("This is longer than twenty characters.");
    await clara.page.getByText("18 characters too many").waitFor();
    expect(await clara.composer.inputValue()).toBe("This is longer than twenty characters.");
    expect(await clara.message("This is longer than").count()).toBe(0);
    await clara.send("Short enough.");
    await clara.ticks("Short enough.", "Sent");
  });

  it("never doubles what two tabs of one person have waiting", async () => {
    const { ana: first, gate } = await anaBehindGate();
    const second = chatOn(await signInAs(await first.page.context().newPage(), "Ana Weber"));
    await second.open("Ben Hofmann");
    gate.onlyRequests(() => false);
    await gate.closeSockets();
    await first.send("Tabs: first, one");
    await second.send("Tabs: second, one");
    await first.send("Tabs: first, two");
    await second.message("Tabs: first, two").waitFor();
    await first.message("Tabs: second, one").waitFor();
    gate.open();
    await stored("Tabs", 3);
    for (const tab of [first, second]) {
      await tab
        .message("Tabs: first, two")
        .getByText(/^(Sent|Delivered)$/)
        .waitFor({ state: "attached", ...SOON });
    }
    await first.page.waitForTimeout(1_500);
    const order = ["Tabs: first, one", "Tabs: second, one", "Tabs: first, two"];
    expect(await storedTexts("Tabs")).toEqual(order);
    for (const tab of [first, second]) expect(await tab.textsBeginning("Tabs")).toEqual(order);
  });

  it("sends and receives without any socket", async () => {
    const context = await stage.context();
    const gate = await gateFor(context);
    await gate.closeSockets();
    const ana = chatOn(await signInAs(await context.newPage(), "Ana Weber"));
    await ana.open("Ben Hofmann");
    await ana.page
      .getByRole("status")
      .getByText(/^Live updates are blocked here/)
      .first()
      .waitFor(SOON);
    await ana.send("Blocked: out");
    await stored("Blocked: out", 1);
    await ana.ticks("Blocked: out", "Sent");
    await benSays("Blocked: in");
    await ana.message("Blocked: in").waitFor(SOON);
    gate.open();
    // The browser tells of a new network: the next try does not wait.
    await context.setOffline(true);
    await context.setOffline(false);
    await ana.page
      .getByText(/^Live updates are blocked here/)
      .first()
      .waitFor({ state: "detached", timeout: 45_000 });
  });
});
