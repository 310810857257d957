import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    conversationTypes: { inquiry: { openBy: "users", uniquePerSubject: true } },
  });
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

describe("what a subject says", () => {
  it("is the host's: users name one where the type needs it, and tell nothing about it", async () => {
    const subject = { type: "order", id: "4711" };
    const open = (type: string, facts: { title?: string; url?: string; state?: string } = {}) =>
      server.asUser("fay").try("openConversation", {
        body: { type, subject: { ...subject, ...facts }, participants: [{ userId: "gus" }] },
      });
    for (const type of ["direct", "group"]) expect((await open(type)).body.code).toBe("forbidden");
    for (const facts of [{ title: "Website" }, { url: "https://evil.example/" }, { state: "Paid" }]) {
      expect((await open("inquiry", facts)).body.code).toBe("forbidden");
    }
    const { id } = (await open("inquiry")).body.conversation;
    const change = { params: { id }, body: { subject: { title: "Website", state: "open" } } };
    const { conversation } = await server.asHost("changeConversation", change);
    expect(conversation.subject).toEqual({ ...subject, title: "Website", url: null, state: "open" });
  });
});

describe("a title", () => {
  it("turns no letters around, and is none when there is nothing to see", async () => {
    const titled = async (title: string) => {
      const body = { type: "group", title, participants: [{ userId: "mia" }] };
      return (await server.asUser("olga")("openConversation", { body })).conversation.title;
    };
    expect([await titled("\u202Eabc"), await titled(" \u200B"), await titled("Fair")]).toEqual(["abc", null, "Fair"]);
  });
});

describe("a conversation of two", () => {
  it("is silenced by neither of them", async () => {
    const body = { type: "direct", participants: [{ userId: "dan" }] };
    const { id } = (await server.asUser("cem")("openConversation", { body })).conversation;
    for (const status of ["locked", "archived"] as const) {
      const reply = await server.asUser("cem").try("changeConversation", { params: { id }, body: { status } });
      expect(reply).toMatchObject({ status: 403, body: { code: "forbidden" } });
    }
    expect((await server.asHost.try("changeConversation", { params: { id }, body: { status: "locked" } })).status).toBe(
      200,
    );
  });

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
