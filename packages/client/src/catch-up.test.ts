import { type EndpointBody, limits } from "@parley/protocol";
import { clientOptions, ManualClock, MemoryServer, settle } from "@parley/testkit";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatClient } from "./chat-client.ts";
import { createChatClient } from "./create-chat-client.ts";
import { selectConversationsByActivity } from "./selectors.ts";

const clients: ChatClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

function setUp(conversations = 1) {
  const clock = new ManualClock();
  const server = new MemoryServer(clock.now);
  const ids = Array.from(
    { length: conversations },
    () => server.chat.open("ana", { type: "group", participants: [{ userId: "ben" }] }).id,
  );
  let comeBack = () => {};
  const environment = {
    isVisible: () => true,
    onReturn: (callback: () => void) => {
      comeBack = callback;
      return () => undefined;
    },
  };
  const client = createChatClient({ ...clientOptions(server, "ana", clock), environment });
  clients.push(client);
  const syncs = () => server.calls.filter(({ name }) => name === "sync");
  return { clock, server, ids, id: ids[0] ?? "", client, syncs, comeBack: () => comeBack() };
}

describe("catching up", () => {
  it("asks until there is no more, and is ready only then", async () => {
    const { clock, server, client, ids, syncs } = setUp(7);
    server.syncLimits = { messages: 100, changes: 3 };
    const sizes: [number, boolean][] = [];
    client.store.subscribe(() => {
      const { conversations, ready } = client.store.getState();
      sizes.push([conversations.size, ready]);
    });
    client.connect();
    await clock.advance(0);
    // Three of them bring everything, one more looks again when the socket lives.
    expect(syncs()).toHaveLength(4);
    expect(client.store.getState().conversations.size).toBe(ids.length);
    expect(sizes.filter(([, ready]) => ready).every(([size]) => size === 7)).toBe(true);
  });

  it("shares one run and one that follows between all who ask at the same time", async () => {
    const { clock, client, comeBack, syncs } = setUp();
    client.connect();
    await clock.advance(0);
    const before = syncs().length;
    for (let n = 0; n < 5; n += 1) comeBack();
    await settle();
    expect(syncs()).toHaveLength(before + 2);
  });

  it("tells how far it is, without the reads that the server has not confirmed", async () => {
    const { clock, server, client, id, comeBack, syncs } = setUp();
    client.connect();
    await clock.advance(0);
    server.chat.send("ben", id, "x1", "Hello");
    server.chat.send("ben", id, "x2", "Hello");
    await clock.advance(1_000);
    server.faults.call = ({ name }) => (name === "receipt:read" || name === "markRead" ? "lost" : "pass");
    void client.receipts.read(id, 2);
    comeBack();
    await settle();
    // ben: read 2, delivered 2; ana: delivered 2, and read 2 only here.
    expect(syncs().at(-1)?.input).toEqual({
      body: { versions: { [id]: 3 }, positions: { [id]: 6 }, preferenceSum: 0 },
    });
    expect(client.store.getState().unreadTotal).toBe(0);
  });

  it("neither loses nor doubles what comes by events while it runs", async () => {
    const { clock, server, client, id, comeBack } = setUp();
    client.connect();
    await clock.advance(0);
    await client.messages.load(id);
    server.faults.call = ({ name }) => {
      if (name === "sync") server.chat.send("ben", id, `before-${server.calls.length}`, "In the answer and an event");
      queueMicrotask(() => {
        if (name === "sync") server.chat.send("ben", id, `after-${server.calls.length}`, "Behind the answer");
      });
      return "pass";
    };
    comeBack();
    await settle();
    server.faults.call = () => "pass";
    await clock.advance(1_000);
    expect(client.store.getState().messages.get(id)?.items).toEqual(server.chat.find("ana", id).messages);
    expect(client.store.getState().conversations.get(id)?.lastSeq).toBe(2);
  });

  it("goes on trying when a first catch-up fails, and does not say connected before", async () => {
    const { clock, server, client } = setUp();
    server.faults.refuseHttp = true;
    client.connect();
    await clock.advance(2_000);
    expect(client.store.getState()).toMatchObject({ ready: false, connection: { status: "connecting" } });
    server.faults.refuseHttp = false;
    await clock.advance(30_000);
    expect(client.store.getState()).toMatchObject({ ready: true, connection: { status: "connected" } });
  });

  it("sends the most recently active of more conversations than one call may carry, and comes to an end", async () => {
    const { clock, server, client, id, syncs, comeBack } = setUp(limits.syncVersions + 60);
    server.syncLimits = { messages: 100, changes: 500 };
    client.connect();
    await clock.advance(1_000);
    server.chat.send("ben", id, "x1", "The newest of all");
    await clock.advance(1_000);
    comeBack();
    await clock.advance(1_000);
    expect(client.store.getState().ready).toBe(true);
    expect(client.store.getState().conversations.size).toBe(limits.syncVersions + 60);
    const last = syncs().at(-1)?.input as { body: EndpointBody<"sync"> } | undefined;
    const newest = selectConversationsByActivity(client.store.getState()).slice(0, limits.syncVersions);
    expect(newest[0]?.id).toBe(id);
    expect(Object.keys(last?.body.versions ?? {}).join()).toBe(newest.map((conversation) => conversation.id).join());
    const before = syncs().length;
    expect(before).toBeLessThan(10);
  }, 20_000);

  it("does not take the same ones for new again and again while more are promised", async () => {
    const { clock, server, client, syncs } = setUp(limits.syncVersions + 60);
    server.syncLimits = { messages: 100, changes: 50 };
    client.connect();
    await clock.advance(1_000);
    expect(client.store.getState().ready).toBe(true);
    expect(syncs().length).toBeGreaterThan(40);
    expect(syncs().length).toBeLessThan(50);
  }, 20_000);

  it("does not ask again for sums that stay what they were after everything was brought", async () => {
    const { clock, server, client, syncs } = setUp();
    client.connect();
    await clock.advance(1_000);
    const payload = { conversations: 9, versionSum: 99, readSum: 9, preferenceSum: 0 };
    const tell = async (sums: typeof payload) => {
      server.emit("ana", { name: "sync:digest", payload: sums });
      await clock.advance(1_000);
      return syncs().length;
    };
    const before = syncs().length;
    expect([await tell(payload), await tell(payload)]).toEqual([before + 1, before + 1]);
    expect(await tell({ ...payload, versionSum: 100 })).toBe(before + 2);
  });

  it("looks at the server's sums when the answer that is under way is here, and asks only if it did not bring them", async () => {
    const { clock, server, id, client, syncs } = setUp();
    client.connect();
    await clock.advance(2_000);
    const slow = createChatClient({
      ...clientOptions(server, "ben", clock),
      fetch: async (target, init) => {
        await new Promise<void>((resolve) => void clock.setTimeout(resolve, 2_000));
        return server.fetch(target, init);
      },
    });
    clients.push(slow);
    server.chat.send("ana", id, "x1", "Hello");
    const before = syncs().length;
    slow.connect();
    await clock.advance(10_000);
    expect(slow.store.getState().conversations.get(id)?.lastSeq).toBe(1);
    // One beside the socket, one when it lives; none for the sums.
    expect(syncs()).toHaveLength(before + 2);
  });

  it("does not ask for ever when a server keeps promising more", async () => {
    const { clock, server, client, syncs } = setUp(3);
    server.syncLimits = { messages: 100, changes: 0 };
    client.connect();
    await clock.advance(0);
    expect(syncs().length).toBeLessThan(4);
  });
});
