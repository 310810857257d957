import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const openGroup = async () => {
  const participants = [{ userId: "adam", role: "admin" as const }, { userId: "mia" }];
  return (await server.asUser("olga")("openConversation", { body: { type: "group", participants } })).conversation.id;
};

describe("what the host decides", () => {
  it("is not undone by owners: they do not open what the host has locked", async () => {
    const id = await openGroup();
    const setStatus = (status: "active" | "locked" | "archived") => ({ params: { id }, body: { status } });
    await server.asHost("changeConversation", setStatus("locked"));
    expect((await server.asUser("olga").try("changeConversation", setStatus("active"))).body.code).toBe("forbidden");
    expect((await server.asUser("olga").try("changeConversation", setStatus("archived"))).body.code).toBe("forbidden");
    await server.asHost("changeConversation", setStatus("active"));
    expect((await server.asUser("olga").try("changeConversation", setStatus("locked"))).status).toBe(200);
    expect((await server.asUser("olga").try("changeConversation", setStatus("active"))).status).toBe(200);
  });
});

describe("an admin", () => {
  it("makes no owners, neither of those who are there nor of those who come", async () => {
    const id = await openGroup();
    const add = (userId: string, role: "owner" | "member") =>
      server.asUser("adam").try("addParticipant", { params: { id }, body: { userId, role } });
    expect(await add("puppet", "owner")).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await add("puppet", "member")).status).toBe(201);
  });
});

describe("a conversation of two", () => {
  it("takes in no third person", async () => {
    const body = { type: "direct", participants: [{ userId: "bea" }] };
    const { id } = (await server.asUser("abe")("openConversation", { body })).conversation;
    await server.asUser("bea")("removeParticipant", { params: { id, userId: "bea" } });
    const reply = await server.asUser("abe").try("addParticipant", { params: { id }, body: { userId: "cleo" } });
    expect(reply).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });
});

describe("who loses a conversation with something unread", () => {
  it("hears the number that is left", async () => {
    const id = await openGroup();
    const other = await openGroup();
    const mia = await server.socket("mia");
    for (const [index, place] of [id, id, other].entries()) {
      const body = { clientMessageId: `lost-${index}`, content: "Hello" };
      await server.asUser("olga")("sendMessage", { params: { id: place }, body });
    }
    await mia.heard("unread:updated", ({ total }) => total === 3);
    await server.asUser("olga")("removeParticipant", { params: { id, userId: "mia" } });
    const told = await mia.heard(
      "unread:updated",
      ({ conversationId, unread }) => conversationId === id && unread === 0,
    );
    expect(told.total).toBe(1);
  });
});

describe("the inbox, asked for a text", () => {
  it("finds titles, subjects and names of others, and takes every sign as it is", async () => {
    const asPia = server.asUser("pia");
    await server.asHost("putUser", { params: { id: "quinn" }, body: { name: "Quinn 100%" } });
    await asPia("openConversation", { body: { type: "direct", participants: [{ userId: "quinn" }] } });
    await asPia("openConversation", {
      body: { type: "group", title: "Garden_plan", participants: [{ userId: "rob" }] },
    });
    const found = async (q: string) => (await asPia("listConversations", { query: { q } })).conversations.length;
    expect(await found("quinn")).toBe(1);
    expect(await found("garden")).toBe(1);
    expect(await found("100%")).toBe(1);
    expect(await found("n_p")).toBe(1);
    expect(await found("n%p")).toBe(0);
    expect(await found("pia")).toBe(0);
  });
});
