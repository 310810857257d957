import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";

describe("200 racing opens", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ conversationTypes: { listing: { openBy: "users", uniquePerSubject: true } } });
  });
  afterAll(() => server.stop());

  /** Statuses and ids of 200 opens at once. */
  async function race(open: (n: number) => Promise<{ status: number; body: { conversation: { id: string } } }>) {
    const replies = await Promise.all(Array.from({ length: 200 }, (_, n) => open(n)));
    return {
      created: replies.filter(({ status }) => status === 201).length,
      found: replies.filter(({ status }) => status === 200).length,
      ids: [...new Set(replies.map(({ body }) => body.conversation.id))],
    };
  }

  const participantsOf = (id: string) =>
    server.sql<{ user_id: string; role: string }>(
      "SELECT user_id, role FROM participants WHERE conversation_id = $1 ORDER BY user_id",
      [id],
    );

  it("of one order by the host make one conversation", async () => {
    const body = {
      type: "order",
      subject: { type: "order", id: "4711" },
      participants: [{ userId: "buyer", role: "owner" as const }, { userId: "seller" }],
    };
    const { created, found, ids } = await race(() => server.asHost.try("openConversation", { body }));
    expect({ created, found, ids: ids.length }).toEqual({ created: 1, found: 199, ids: 1 });
    expect(await participantsOf(ids[0] ?? "")).toEqual([
      { user_id: "buyer", role: "owner" },
      { user_id: "seller", role: "member" },
    ]);
    const other = { ...body, subject: { type: "order", id: "4712" } };
    expect(await server.asHost.try("openConversation", { body: other })).toMatchObject({ status: 201 });
  });

  it("of a direct pair from both sides make one conversation", async () => {
    const sides = [
      ["ana", "ben"],
      ["ben", "ana"],
    ] as const;
    const { created, found, ids } = await race((n) => {
      const [me, other] = sides[n % 2] ?? sides[0];
      return server.asUser(me).try("openConversation", { body: { type: "direct", participants: [{ userId: other }] } });
    });
    expect({ created, found, ids: ids.length }).toEqual({ created: 1, found: 199, ids: 1 });
    expect((await participantsOf(ids[0] ?? "")).map(({ user_id }) => user_id)).toEqual(["ana", "ben"]);
  });

  it("of a pair and a subject that read alike stay apart", async () => {
    const open = (type: string, id: string) =>
      server.asHost("openConversation", {
        body: { type: "gig", subject: { type, id }, participants: [{ userId: "x" }] },
      });
    const ids = await Promise.all([open("a", 'b","c'), open('a","b', "c"), open("a", "b,c"), open("a,b", "c")]);
    expect(new Set(ids.map(({ conversation }) => conversation.id)).size).toBe(4);
  });

  it("let nobody into a conversation that was there", async () => {
    const subject = { type: "listing", id: "1" };
    const body = { type: "listing", subject, participants: [{ userId: "ben" }] };
    expect(await server.asUser("ana").try("openConversation", { body })).toMatchObject({ status: 201 });
    const reply = await server
      .asUser("eve")
      .try("openConversation", { body: { ...body, participants: [{ userId: "eve" }] } });
    expect(reply).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(await server.asUser("eve")("listConversations")).toMatchObject({ conversations: [] });
  });
});
