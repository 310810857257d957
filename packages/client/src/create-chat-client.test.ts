import { clientOptions, ManualClock, MemoryServer, settle } from "@parley/testkit";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatClient } from "./chat-client.ts";
import { createChatClient } from "./create-chat-client.ts";

const open: ChatClient[] = [];
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});

function twoPeople() {
  const clock = new ManualClock();
  const server = new MemoryServer(clock.now);
  const { id } = server.chat.open("ana", { type: "direct", participants: [{ userId: "ana" }, { userId: "ben" }] });
  const start = (userId: string) => {
    const client = createChatClient(clientOptions(server, userId, clock));
    open.push(client);
    client.connect();
    return client;
  };
  return { clock, server, id, start };
}

describe("createChatClient", () => {
  it("connects, catches up, and brings a message from one person to the other", async () => {
    const { clock, id, start } = twoPeople();
    const ana = start("ana");
    const ben = start("ben");
    await clock.advance(0);
    expect(ana.store.getState()).toMatchObject({
      ready: true,
      connection: { status: "connected" },
      self: { id: "ana" },
    });
    await ben.messages.load(id);

    const sent = await ana.messages.send(id, "Hello Ben");
    expect(ana.store.getState().outbox.get(id)).toMatchObject([{ content: "Hello Ben", status: "pending" }]);
    await expect(sent.acknowledged).resolves.toMatchObject({ seq: 1, content: "Hello Ben", senderId: "ana" });
    await settle();
    expect(ana.store.getState().outbox.size).toBe(0);
    expect(ben.store.getState().messages.get(id)?.items).toMatchObject([{ content: "Hello Ben" }]);
    expect(ben.store.getState()).toMatchObject({ unreadTotal: 1 });

    await ben.receipts.read(id, 1);
    await clock.advance(300);
    expect(ben.store.getState().unreadTotal).toBe(0);
    const seenByAna = ana.store.getState().conversations.get(id)?.participants;
    expect(seenByAna?.find(({ user }) => user.id === "ben")).toMatchObject({ readSeq: 1, deliveredSeq: 1 });
  });
});
