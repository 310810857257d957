import type { ChatClient } from "@parley/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";
import { conversationOf, openWindow, say, shown } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

describe("two tabs of Ana", () => {
  let server: TestServer;
  let tabs: ChatClient[];
  let ben: ChatClient;
  const ids: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    ben = await server.client("ben");
    tabs = [await server.client("ana"), await server.client("ana")];
    for (const title of ["one", "two", "three"]) {
      const body = { type: "group", title, participants: [{ userId: "ana" }] };
      ids.push((await ben.conversations.open(body)).id);
    }
    for (const tab of tabs) await openWindow(tab, ids[0] ?? "");
  });
  afterAll(() => server.stop());

  const unreadIn = (tab: ChatClient) => ids.map((id) => conversationOf(tab, id)?.unread);
  const expectUnread = async (numbers: number[]) => {
    for (const tab of tabs) {
      const fits = () => JSON.stringify(unreadIn(tab)) === JSON.stringify(numbers);
      await waitUntil(fits).catch(() => expect(unreadIn(tab)).toEqual(numbers));
      expect(tab.store.getState().unreadTotal).toBe(numbers.reduce((sum, n) => sum + n, 0));
    }
    const { total, conversations } = await server.asUser("ana")("getUnread");
    expect(ids.map((id) => conversations[id] ?? 0)).toEqual(numbers);
    expect(total).toBe(numbers.reduce((sum, n) => sum + n, 0));
  };

  it("show the same numbers when messages come, and when one of them reads", async () => {
    for (const [index, count] of [3, 2, 1].entries()) {
      for (let n = 0; n < count; n += 1) await say(ben, ids[index] ?? "", `message ${n}`);
    }
    await expectUnread([3, 2, 1]);
    await tabs[0]?.receipts.read(ids[0] ?? "", 2);
    await expectUnread([1, 2, 1]);
    await tabs[1]?.receipts.read(ids[1] ?? "", 2);
    await expectUnread([1, 0, 1]);
  });

  it("never count what Ana wrote herself, and what she had before her as she wrote", async () => {
    const [tab] = tabs;
    if (tab) await say(tab, ids[0] ?? "", "my own words");
    await expectUnread([0, 0, 1]);
    if (tabs[1]) await shown(tabs[1], ids[0] ?? "", "my own words");
  });

  it("are both told absolute numbers", async () => {
    const sockets = [await server.socket("ana"), await server.socket("ana")];
    const { seq } = await say(ben, ids[2] ?? "", "one more");
    const expected = { conversationId: ids[2], unread: 2, total: 2 };
    for (const socket of sockets) {
      expect(await socket.heard("unread:updated", ({ unread }) => unread === 2)).toEqual(expected);
    }
    await sockets[0]?.ask("receipt:read", { conversationId: ids[2] ?? "", seq });
    for (const socket of sockets) await socket.heard("unread:updated", ({ unread, total }) => unread + total === 0);
  });

  it("mark everything as read together, and the others hear of it", async () => {
    for (const id of ids) await say(ben, id, "last");
    await expectUnread([1, 1, 1]);
    await tabs[0]?.receipts.readAll();
    await expectUnread([0, 0, 0]);
    for (const id of ids) {
      const lastSeq = conversationOf(ben, id)?.lastSeq;
      const ana = () => conversationOf(ben, id)?.participants.find(({ user }) => user.id === "ana");
      await waitUntil(() => ana()?.readSeq === lastSeq, { what: "Ben sees that Ana has read" });
    }
  });
});
