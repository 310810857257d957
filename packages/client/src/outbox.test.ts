import { clientOptions, ManualClock, MemoryServer, MemoryTabs, problemOf, settle } from "@parley/testkit";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatClient } from "./chat-client.ts";
import { type ChatClientOptions, createChatClient } from "./create-chat-client.ts";
import type { OpenOutboxStore } from "./outbox-store.ts";
import { memoryOutbox } from "./memory-outbox-store.ts";

const clients: ChatClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

/** A browser of ana: pages share the outbox and speak to each other. */
function setUp() {
  const clock = new ManualClock();
  const server = new MemoryServer(clock.now);
  const [id, other] = [1, 2].map(
    () => server.chat.open("ana", { type: "group", participants: [{ userId: "ben" }] }).id,
  );
  const tabs = new MemoryTabs();
  const outbox = memoryOutbox();
  const page = async (over: Partial<ChatClientOptions> = {}) => {
    const client = createChatClient({
      ...clientOptions(server, "ana", clock),
      outbox,
      openTabs: tabs.open,
      ...over,
    });
    clients.push(client);
    client.connect();
    await clock.advance(0);
    return client;
  };
  const stored = (conversationId = id) =>
    server.chat.conversations.get(conversationId ?? "")?.messages.map(({ content }) => content);
  const sends = () => server.calls.filter(({ name }) => name === "message:send" || name === "sendMessage");
  return { clock, server, id: id ?? "", other: other ?? "", page, stored, sends };
}
const waiting = (client: ChatClient, id: string) => client.store.getState().outbox.get(id) ?? [];

describe("the outbox", () => {
  it("sends in order, one at a time in a conversation, conversations side by side", async () => {
    const { clock, server, id, other, page, stored, sends } = setUp();
    const ana = await page();
    server.faults.call = ({ name, input }) =>
      name === "message:send" && JSON.stringify(input).includes("slow") ? "lost" : "pass";
    await ana.messages.send(id, "slow one");
    await ana.messages.send(id, "two");
    const third = await ana.messages.send(other, "three");
    await expect(third.acknowledged).resolves.toMatchObject({ content: "three" });
    expect(stored()).toEqual([]);
    const underWay = sends().filter(({ input }) => (input as { conversationId: string }).conversationId === id);
    expect(underWay).toMatchObject([{ input: { content: "slow one" } }]);
    expect(waiting(ana, id).map(({ content }) => content)).toEqual(["slow one", "two"]);
    await clock.advance(6_000);
    expect(stored()).toEqual(["slow one", "two"]);
    expect(waiting(ana, id)).toEqual([]);
  });

  it("shows a message in the same change in which it leaves the outbox", async () => {
    const { id, page } = setUp();
    const ana = await page();
    await ana.messages.load(id);
    const counts: number[] = [];
    ana.store.subscribe(() => {
      const shown = ana.store.getState().messages.get(id)?.items.length ?? 0;
      counts.push(shown + waiting(ana, id).length);
    });
    await ana.messages.send(id, "Steady");
    await settle();
    expect(waiting(ana, id)).toEqual([]);
    expect([...new Set(counts)]).toEqual([1]);
  });

  it("does not wait longer because the device's clock was put back", async () => {
    const { clock, server, id, page, stored } = setUp();
    let putBackMs = 0;
    const { random, setTimeout, clearTimeout } = clock;
    const ana = await page({ clock: { now: () => clock.now() - putBackMs, random, setTimeout, clearTimeout } });
    server.faults.call = ({ name }) =>
      name === "message:send" ? problemOf("rate_limited", { retryAfterMs: 5_000 }) : "pass";
    await ana.messages.send(id, "one");
    await clock.advance(1_000);
    server.faults.call = () => "pass";
    putBackMs = 3_600_000;
    await clock.advance(6_000);
    expect(stored()).toEqual(["one"]);
  });

  it("sends again under the same id when the acknowledgement is lost, over HTTP then", async () => {
    const { clock, server, id, page, stored, sends } = setUp();
    const ana = await page();
    server.faults.event = () => undefined;
    server.faults.call = ({ name }) => (name === "message:send" ? "unanswered" : "pass");
    const sent = await ana.messages.send(id, "Once");
    await clock.advance(6_000);
    await expect(sent.acknowledged).resolves.toMatchObject({ content: "Once" });
    expect(stored()).toEqual(["Once"]);
    expect(sends().map(({ via }) => via)).toEqual(["socket", "http"]);
  });

  it("takes the message's own event for the acknowledgement", async () => {
    const { clock, server, id, page, sends } = setUp();
    const ana = await page();
    server.faults.call = ({ name }) => (name === "message:send" ? "unanswered" : "pass");
    const sent = await ana.messages.send(id, "Heard of it");
    await settle();
    await expect(sent.acknowledged).resolves.toMatchObject({ seq: 1 });
    expect(waiting(ana, id)).toEqual([]);
    await clock.advance(20_000);
    expect(sends()).toHaveLength(1);
  });

  it("waits as long as the server says, however often the connection returns", async () => {
    const { clock, server, id, page, stored, sends } = setUp();
    const ana = await page();
    server.faults.call = ({ name }) =>
      name === "message:send" ? problemOf("rate_limited", { retryAfterMs: 20_000 }) : "pass";
    await ana.messages.send(id, "Slowly");
    await settle();
    server.faults.call = () => "pass";
    server.cut();
    await clock.advance(19_000);
    expect(sends()).toHaveLength(1);
    expect(waiting(ana, id)).toMatchObject([{ status: "pending" }]);
    expect(ana.store.getState().pauses.get(id)).toBe(clock.now() + 1_000);
    await clock.advance(2_000);
    expect(stored()).toEqual(["Slowly"]);
    expect(ana.store.getState().pauses.size).toBe(0);
  });

  it("calls nothing a pause that is not the user's haste", async () => {
    const { server, id, page } = setUp();
    const ana = await page();
    server.faults.call = ({ name }) =>
      name === "message:send" ? problemOf("overloaded", { retryAfterMs: 20_000 }) : "pass";
    await ana.messages.send(id, "Slowly");
    await settle();
    expect(waiting(ana, id)).toMatchObject([{ status: "pending" }]);
    expect(ana.store.getState().pauses.size).toBe(0);
  });

  it("lets a refused message fail and the next ones go on; retry and discard end it", async () => {
    const { server, id, page, stored } = setUp();
    const ana = await page();
    server.faults.call = ({ input }) =>
      JSON.stringify(input).includes("bad") ? problemOf("message_too_long") : "pass";
    const bad = await ana.messages.send(id, "bad one");
    const worse = await ana.messages.send(id, "bad two");
    await ana.messages.send(id, "good");
    await expect(bad.acknowledged).rejects.toMatchObject({ code: "message_too_long", retryable: false });
    await settle();
    expect(stored()).toEqual(["good"]);
    expect(waiting(ana, id)).toMatchObject([
      { status: "failed", problem: { code: "message_too_long" } },
      { status: "failed" },
    ]);
    await ana.messages.discard(id, worse.clientMessageId);
    server.faults.call = () => "pass";
    await ana.messages.retry(id, bad.clientMessageId);
    await settle();
    expect(stored()).toEqual(["good", "bad one"]);
    expect(waiting(ana, id)).toEqual([]);
  });

  it("keeps what was not sent for the next page, which sends it under the same id", async () => {
    const { clock, server, id, page, stored } = setUp();
    const before = await page();
    server.faults.call = ({ name }) => (name === "message:send" ? "unanswered" : "pass");
    server.faults.event = () => undefined;
    const sent = await before.messages.send(id, "Before the reload");
    await settle();
    await before.close();
    await expect(sent.acknowledged).rejects.toMatchObject({ problem: null });
    server.faults.call = () => "pass";
    server.faults.event = (_userId, _event, deliver) => deliver();
    const after = await page();
    await clock.advance(100);
    expect(stored()).toEqual(["Before the reload"]);
    expect(waiting(after, id)).toEqual([]);
    expect((await page()).store.getState().outbox.size).toBe(0);
  });

  it("sends from one of several tabs, and all of them show what becomes of it", async () => {
    const { clock, server, id, page, stored, sends } = setUp();
    const first = await page();
    const second = await page();
    server.faults.call = ({ name }) => (name === "message:send" ? problemOf("overloaded") : "pass");
    const sent = await first.messages.send(id, "From the first");
    await settle();
    expect(waiting(second, id)).toMatchObject([{ content: "From the first", status: "pending" }]);
    server.faults.call = () => "pass";
    await clock.advance(1_000);
    await sent.acknowledged;
    await settle();
    expect(stored()).toEqual(["From the first"]);
    expect([waiting(first, id), waiting(second, id)]).toEqual([[], []]);
    expect(sends().length).toBeLessThanOrEqual(3);
  });

  it("tells the tab that waits when another one's try was refused, and when it was discarded", async () => {
    const { server, id, page } = setUp();
    const first = await page();
    const second = await page();
    server.faults.call = ({ name }) => (name === "message:send" ? problemOf("message_too_long") : "pass");
    const sent = await first.messages.send(id, "Too long");
    await settle();
    expect(waiting(second, id)).toMatchObject([{ status: "failed" }]);
    await second.messages.discard(id, sent.clientMessageId);
    await settle();
    expect(waiting(first, id)).toEqual([]);
  });

  it("sends what no disk would take", async () => {
    const { id, page, stored } = setUp();
    const broken = async () => {
      throw new Error("The disk is full.");
    };
    const ana = await page({
      outbox: () => ({ readAll: broken, put: broken, remove: broken, close: () => undefined }),
    });
    const sent = await ana.messages.send(id, "Anyway");
    await expect(sent.acknowledged).resolves.toMatchObject({ content: "Anyway" });
    expect(stored()).toEqual(["Anyway"]);
  });

  it("sends from another tab what no disk would take, when the one that wrote it is gone", async () => {
    const { id, server, page, stored, clock } = setUp();
    const full: OpenOutboxStore = (scope) => ({
      ...memoryOutbox()(scope),
      put: () => Promise.reject(new Error("The disk is full.")),
    });
    const first = await page({ outbox: full });
    const second = await page({ outbox: full });
    server.faults.call = ({ name }) => (/^(message:send|sendMessage)$/.test(name) ? "lost" : "pass");
    await first.messages.send(id, "one");
    await first.messages.send(id, "two");
    await settle();
    expect(waiting(second, id).map(({ content }) => content)).toEqual(["one", "two"]);
    await first.close();
    server.faults.call = () => "pass";
    await clock.advance(60_000);
    expect(stored()).toEqual(["one", "two"]);
    expect(waiting(second, id)).toEqual([]);
  });

  it("sends although the disk never answers", async () => {
    const { id, page, stored, clock } = setUp();
    const never = () => new Promise<never>(() => undefined);
    const ana = await page({ outbox: () => ({ readAll: never, put: never, remove: never, close: () => undefined }) });
    void ana.messages.send(id, "one");
    void ana.messages.send(id, "two");
    await clock.advance(10_000);
    expect(ana.store.getState().connection.status).toBe("connected");
    expect(stored()).toEqual(["one", "two"]);
    expect(waiting(ana, id)).toEqual([]);
  });

  it("keeps what was for a conversation that is not the user's any more, asks once, and sends it when they are back", async () => {
    const { clock, server, id, page, stored, sends } = setUp();
    const before = await page();
    server.faults.call = ({ name }) => (name === "message:send" ? "lost" : "pass");
    const sent = await before.messages.send(id, "Too late");
    server.chat.removeParticipant(id, "ana");
    await clock.advance(10_000);
    await expect(sent.acknowledged).rejects.toMatchObject({ code: "not_found" });
    const kept = [{ content: "Too late", status: "failed", problem: { code: "not_found" } }];
    expect(before.store.getState().conversations.has(id)).toBe(false);
    expect(waiting(before, id)).toMatchObject(kept);
    await before.close();
    server.faults.call = () => "pass";
    const tries = sends().length;
    const after = await page();
    await clock.advance(600_000);
    expect(waiting(after, id)).toMatchObject(kept);
    expect(sends()).toHaveLength(tries);
    server.chat.addParticipant(id, "ana");
    await settle();
    await after.messages.retry(id, sent.clientMessageId);
    await settle();
    expect(stored()).toEqual(["Too late"]);
    expect(waiting(after, id)).toEqual([]);
  });

  it("never doubles, never loses and never reorders, whatever is lost on the way", async () => {
    const fate = fc.constantFrom("pass", "pass", "lost", "unanswered", "overloaded", "cut" as const);
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 5, maxLength: 25 }), fc.nat(2), async (fates, pages) => {
        const { clock, server, id, page, stored } = setUp();
        const tabs = [await page()];
        for (let n = 0; n < pages; n += 1) tabs.push(await page());
        let next = 0;
        server.faults.call = ({ name }) => {
          if (name !== "message:send" && name !== "sendMessage") return "pass";
          const how = fates[next++] ?? "pass";
          if (how === "cut") queueMicrotask(() => server.cut());
          if (how === "overloaded") return problemOf("overloaded");
          return how === "cut" ? "unanswered" : how;
        };
        const sent: string[] = [];
        for (let n = 0; n < 8; n += 1) {
          sent.push(`Message ${n}`);
          await tabs[n % tabs.length]?.messages.send(id, `Message ${n}`);
          if (n % 3 === 0) await clock.advance(300);
        }
        await clock.advance(600_000);
        expect(stored()).toEqual(sent);
        for (const tab of tabs) expect(waiting(tab, id)).toEqual([]);
        for (const tab of tabs) await tab.close();
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
