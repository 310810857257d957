import { limits } from "@parley/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { budgets } from "../../apps/server/src/platform/limits/budgets.ts";
import { startServer, type TestServer } from "../support/start-server.ts";

const two = { count: 2, seconds: 60 };
const refused = {
  status: 429,
  body: { code: "rate_limited", retryable: true, retryAfterMs: expect.any(Number), detail: "At most 2 in 60 seconds." },
};

describe("what one person may do in a minute", () => {
  let server: TestServer;
  afterEach(() => server.stop());

  const direct = (userId: string) => ({ body: { type: "direct", participants: [{ userId }] } });
  /** A group of ana's. */
  const group = async (): Promise<{ id: string }> => {
    const participants = [{ userId: "ana", role: "owner" as const }, { userId: "ben" }];
    return (await server.asHost("openConversation", { body: { type: "group", participants } })).conversation;
  };

  it("ends with the requests of that person; the others and the host go on", async () => {
    server = await startServer({ budgets: { requests: two } });
    const ana = server.asUser("ana");
    await ana("getUnread");
    await ana("getUnread");
    expect(await ana.try("getUnread")).toMatchObject(refused);
    const response = await fetch(`${server.url}/api/unread`, {
      headers: { authorization: `Bearer ${await server.token("ana")}` },
    });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(50);
    await server.asUser("ben")("getUnread");
    for (let n = 0; n < 4; n += 1) await group();
  });

  it("ends with opening, also of what is there", async () => {
    server = await startServer({ budgets: { opens: two } });
    const ana = server.asUser("ana");
    await ana("openConversation", direct("ben"));
    await ana("openConversation", direct("ben"));
    expect(await ana.try("openConversation", direct("ben"))).toMatchObject(refused);
    expect(await server.asUser("ben").try("openConversation", direct("ana"))).toMatchObject({ status: 200 });
  });

  it("ends with what one sets for oneself, preferences and settings together", async () => {
    server = await startServer({ budgets: { ownChanges: two } });
    const { id } = await group();
    const ana = server.asUser("ana");
    await ana("changePreferences", { params: { id }, body: { pinned: true } });
    await ana("changeSettings", { body: { readReceipts: false } });
    expect(await ana.try("changePreferences", { params: { id }, body: { pinned: false } })).toMatchObject(refused);
    expect(await ana.try("changeSettings", { body: { readReceipts: true } })).toMatchObject(refused);
    expect((await ana("getConversation", { params: { id } })).conversation.preferences.version).toBe(1);
    expect((await ana("getSettings")).settings.readReceipts).toBe(false);
    await server.asUser("ben")("changePreferences", { params: { id }, body: { pinned: true } });
  });

  it("ends with the people named, in opening and in adding together", async () => {
    server = await startServer({ budgets: { peopleAdded: two } });
    const { id } = await group();
    const ana = server.asUser("ana");
    await ana("openConversation", direct("ben"));
    await ana("addParticipant", { params: { id }, body: { userId: "cem" } });
    expect(await ana.try("addParticipant", { params: { id }, body: { userId: "dora" } })).toMatchObject(refused);
    const three = [{ userId: "ana" }, { userId: "cem" }, { userId: "dora" }];
    expect(
      await server.asUser("ben").try("openConversation", { body: { type: "group", participants: three } }),
    ).toMatchObject(refused);
    await server.asHost("addParticipant", { params: { id }, body: { userId: "dora" } });
  });

  it("ends with the changes of conversations", async () => {
    server = await startServer({ budgets: { conversationChanges: two } });
    const { id } = await group();
    const ana = server.asUser("ana");
    await ana("changeConversation", { params: { id }, body: { title: "One" } });
    await ana("changeParticipant", { params: { id, userId: "ben" }, body: { role: "admin" } });
    const late = [
      await ana.try("changeConversation", { params: { id }, body: { title: "Two" } }),
      await ana.try("changeParticipant", { params: { id, userId: "ben" }, body: { role: "member" } }),
      await ana.try("removeParticipant", { params: { id, userId: "ben" } }),
    ];
    for (const reply of late) expect(reply).toMatchObject(refused);
  });

  it("is enough for the largest opening", async () => {
    server = await startServer({ budgets });
    const participants = Array.from({ length: limits.participantsPerOpen }, (_, n) => ({ userId: `u${n}` }));
    const reply = await server.asUser("ana").try("openConversation", { body: { type: "group", participants } });
    expect(reply.status).not.toBe(429);
  });
});
