import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";
import { conversationOf, openWindow, say, shown, textsOf } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe("a direct pair of which one has left", () => {
  it("is the same conversation again, with all of its history, whoever opens it", async () => {
    const ana = await server.client("ana");
    const ben = await server.client("ben");
    const { id } = await ana.conversations.open({ type: "direct", participants: [{ userId: "ben" }] });
    await openWindow(ben, id);
    await say(ana, id, "before");
    await ana.conversations.leave(id);
    expect(conversationOf(ana, id)).toBeUndefined();
    await waitUntil(() => conversationOf(ben, id)?.formerParticipants.some((user) => user.id === "ana"));
    await say(ben, id, "while she was away");

    const again = await ben.conversations.open({ type: "direct", participants: [{ userId: "ana" }] });
    expect(again.id).toBe(id);
    await waitUntil(() => conversationOf(ana, id), { what: "Ana has it again" });
    await openWindow(ana, id);
    expect(textsOf(ana, id)).toEqual(["before", "while she was away"]);
    expect(conversationOf(ana, id)?.unread).toBe(0);
    await say(ana, id, "back again");
    await shown(ben, id, "back again");
  });

  it("tells the one who stayed that the other is back", async () => {
    const body = { type: "direct", participants: [{ userId: "dora" }] };
    const { id } = (await server.asUser("carl")("openConversation", { body })).conversation;
    const carl = await server.socket("carl");
    await server.asUser("dora")("removeParticipant", { params: { id, userId: "dora" } });
    const { version } = await carl.heard("participant:removed");
    const back = { type: "direct", participants: [{ userId: "carl" }] };
    expect(await server.asUser("dora").try("openConversation", { body: back })).toMatchObject({ status: 200 });
    expect(await carl.heard("participant:added")).toMatchObject({ userId: "dora", version: version + 1 });
  });
});

describe("a direct pair of which the host has removed one", () => {
  const openPair = async (one: string, other: string) => {
    const body = { type: "direct", participants: [{ userId: other }] };
    const { id } = (await server.asUser(one)("openConversation", { body })).conversation;
    const remove = (userId: string) => server.asHost("removeParticipant", { params: { id, userId } });
    const openAgain = (by: string, partner: string) =>
      server.asUser(by).try("openConversation", { body: { type: "direct", participants: [{ userId: partner }] } });
    return { id, remove, openAgain };
  };

  it("lets the removed one back in neither by themselves nor by the other", async () => {
    const { id, remove, openAgain } = await openPair("eva", "finn");
    await remove("finn");
    expect(await openAgain("finn", "eva")).toMatchObject({ status: 403, body: { code: "forbidden" } });
    const { status, body } = await openAgain("eva", "finn");
    expect(status).toBe(200);
    expect(body.conversation.participants.map(({ user }: { user: { id: string } }) => user.id)).toEqual(["eva"]);
    expect((await server.asUser("finn").try("getConversation", { params: { id } })).status).toBe(404);
  });

  it("stays without the one who left when the removed one tries: a refusal changes nothing", async () => {
    const { id, remove, openAgain } = await openPair("kira", "lars");
    await remove("kira");
    await server.asUser("lars")("removeParticipant", { params: { id, userId: "lars" } });
    expect(await openAgain("kira", "lars")).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await server.asUser("lars").try("getConversation", { params: { id } })).status).toBe(404);
  });

  it("is brought back by the host, each return a change of its own", async () => {
    const { id, remove } = await openPair("gina", "hugo");
    await remove("gina");
    await remove("hugo");
    const participants = [{ userId: "gina" }, { userId: "hugo" }];
    const { conversation } = await server.asHost("openConversation", { body: { type: "direct", participants } });
    expect(conversation).toMatchObject({ id, version: 5, formerParticipants: [] });
    expect(conversation.participants).toHaveLength(2);
  });

  it("is in the host's hand alone: neither removes the other", async () => {
    const { id } = await openPair("ida", "jan");
    const reply = await server.asUser("ida").try("removeParticipant", { params: { id, userId: "jan" } });
    expect(reply).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });
});

describe("the last owner", () => {
  const open = async () => {
    const participants = [{ userId: "adam", role: "admin" as const }, { userId: "mia" }];
    return (await server.asUser("olga")("openConversation", { body: { type: "group", participants } })).conversation.id;
  };
  const leave = async (id: string, userId: string, by = userId) => {
    const { status, body } = await server.asUser(by).try("removeParticipant", { params: { id, userId } });
    return body.code ?? status;
  };
  const give = async (id: string, userId: string, role: "owner" | "admin" | "member", by: string) => {
    const reply = await server.asUser(by).try("changeParticipant", { params: { id, userId }, body: { role } });
    return reply.body.code ?? reply.status;
  };

  it("neither leaves nor steps down while others stay", async () => {
    const id = await open();
    expect(await leave(id, "olga")).toBe("last_owner");
    expect(await give(id, "olga", "member", "olga")).toBe("last_owner");
    expect(await give(id, "mia", "owner", "olga")).toBe(200);
    expect(await leave(id, "olga")).toBe(200);
    expect(await leave(id, "mia")).toBe("last_owner");
    expect(await leave(id, "adam", "mia")).toBe(200);
    expect(await leave(id, "mia")).toBe(200);
  });

  it("is not touched by admins; members touch nobody", async () => {
    const id = await open();
    expect(await leave(id, "olga", "adam")).toBe("forbidden");
    expect(await give(id, "olga", "member", "adam")).toBe("forbidden");
    expect(await give(id, "adam", "owner", "adam")).toBe("forbidden");
    expect(await leave(id, "adam", "mia")).toBe("forbidden");
    expect(await give(id, "mia", "admin", "mia")).toBe("forbidden");
    expect(await leave(id, "mia", "adam")).toBe(200);
    expect(await leave(id, "adam")).toBe(200);
  });

  it("stays one even when two owners leave at the same moment", async () => {
    const id = await open();
    await give(id, "adam", "owner", "olga");
    const results = await Promise.all([leave(id, "olga"), leave(id, "adam")]);
    expect(results.map(String).sort()).toEqual(["200", "last_owner"]);
  });

  it("is in the host's hand", async () => {
    const id = await open();
    const reply = await server.asHost.try("removeParticipant", { params: { id, userId: "olga" } });
    expect(reply.status).toBe(200);
    expect((await server.asUser("olga").try("getConversation", { params: { id } })).status).toBe(404);
  });
});
