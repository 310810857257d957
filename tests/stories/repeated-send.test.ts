import type { Message } from "@parley/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";
import { shown, textsOf } from "../support/views.ts";

describe("the same send, five times and more", () => {
  let server: TestServer;
  let id: string;
  const body = { clientMessageId: "0193-first", content: "Once is enough." };

  beforeAll(async () => {
    const budgeted = { openBy: "users", messageRate: { count: 30, seconds: 60 } } as const;
    server = await startServer({ conversationTypes: { budgeted } });
  });
  beforeEach(async () => {
    const input = { type: "group", participants: [{ userId: "ben" }] };
    ({ id } = (await server.asUser("ana")("openConversation", { body: input })).conversation);
  });
  afterAll(() => server.stop());

  const stored = () =>
    server.sql<{ seq: string; content: string; version: string }>(
      "SELECT seq, content, version FROM messages WHERE conversation_id = $1 ORDER BY seq",
      [id],
    );
  const overHttp = (changes = {}) =>
    server.asUser("ana").try("sendMessage", { params: { id }, body: { ...body, ...changes } });

  /** All messages that this socket was told of, once everything so far has arrived. */
  async function told({ events, heard }: TestSocket): Promise<Message[]> {
    await overHttp({ clientMessageId: "the end", content: "the end" });
    await heard("message:new", ({ content, conversationId }) => conversationId === id && content === "the end");
    return events.flatMap((event) => (event.name === "message:new" ? [event.payload] : []));
  }

  it("is one message, over the socket, over HTTP, and after a restart", async () => {
    const ben = await server.client("ben");
    const bensSocket = await server.socket("ben");
    const answers: Message[] = [];
    const socket = await server.socket("ana");
    for (let n = 0; n < 3; n += 1) {
      answers.push((await socket.ask("message:send", { conversationId: id, ...body })).message);
      const reply = await overHttp();
      expect(reply.status).toBe(200);
      answers.push(reply.body.message);
    }
    const heard = await told(bensSocket);
    expect(heard.map(({ content }) => content)).toEqual([body.content, "the end"]);
    await server.restart();
    const again = await server.socket("ana");
    answers.push((await again.ask("message:send", { conversationId: id, ...body })).message);
    const last = await overHttp();
    expect(last.status).toBe(200);
    answers.push(last.body.message);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ seq: 1, version: 2, content: body.content });
    expect(await stored()).toHaveLength(2);
    await ben.messages.load(id);
    await shown(ben, id, "the end");
    expect(textsOf(ben, id)).toEqual([body.content, "the end"]);
  });

  it("is 201 the first time and 200 afterwards", async () => {
    expect((await overHttp()).status).toBe(201);
    expect((await overHttp()).status).toBe(200);
  });

  it("is one message when all come at once, in one batch", async () => {
    const socket = await server.socket("ana");
    const replies = await Promise.all([
      ...Array.from({ length: 20 }, () => overHttp().then(({ status, body: { message } }) => ({ status, message }))),
      ...Array.from({ length: 20 }, () => socket.ask("message:send", { conversationId: id, ...body })),
    ]);
    expect(new Set(replies.map(({ message }) => JSON.stringify(message))).size).toBe(1);
    expect(replies.filter((reply) => "status" in reply && reply.status === 201).length).toBeLessThanOrEqual(1);
    expect(await stored()).toHaveLength(1);
  });

  it("is told once, also when it is repeated among new ones", async () => {
    const bensSocket = await server.socket("ben");
    await overHttp();
    const mixed = Array.from({ length: 30 }, (_, n) => overHttp(n % 2 ? {} : { clientMessageId: `new ${n}` }));
    await Promise.all(mixed);
    const heard = await told(bensSocket);
    expect(heard.map(({ seq }) => seq)).toEqual(Array.from({ length: 17 }, (_, n) => n + 1));
  });

  it("is refused with another body, and changes nothing", async () => {
    await overHttp();
    const before = await stored();
    const refused = await overHttp({ content: "Something else." });
    expect(refused).toMatchObject({ status: 409, body: { code: "client_message_id_reused" } });
    const socket = await server.socket("ana");
    const answer = await socket.raw("message:send", { conversationId: id, ...body, content: "Something else." });
    expect(answer).toMatchObject({ ok: false, error: { code: "client_message_id_reused", status: 409 } });
    const both = await Promise.all([
      overHttp({ clientMessageId: "second", content: "A" }),
      overHttp({ clientMessageId: "second", content: "B" }),
    ]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409]);
    expect((await stored()).slice(0, 1)).toEqual(before);
    expect(await stored()).toHaveLength(2);
  });

  it("is the same message after it was edited, and after it was deleted", async () => {
    const { body: first } = await overHttp();
    const asAna = server.asUser("ana");
    await asAna("editMessage", { params: { id: first.message.id }, body: { content: "Edited." } });
    const edited = await overHttp();
    expect(edited).toMatchObject({ status: 200, body: { message: { id: first.message.id, content: "Edited." } } });
    await asAna("deleteMessage", { params: { id: first.message.id } });
    const deleted = await overHttp();
    expect(deleted).toMatchObject({ status: 200, body: { message: { id: first.message.id, content: null } } });
  });

  it("is another message of another person, or in another conversation", async () => {
    await overHttp();
    const ofBen = await server.asUser("ben").try("sendMessage", { params: { id }, body });
    expect(ofBen).toMatchObject({ status: 201, body: { message: { seq: 2 } } });
    const asHost = await server.asHost.try("sendMessage", { params: { id }, body: { ...body, kind: "system" } });
    expect(asHost).toMatchObject({ status: 201, body: { message: { seq: 3 } } });
    const hostAgain = await server.asHost.try("sendMessage", { params: { id }, body: { ...body, kind: "system" } });
    expect(hostAgain).toMatchObject({ status: 200, body: { message: { seq: 3 } } });
  });

  it("is answered when the budget for new messages is used up", async () => {
    const input = { type: "budgeted", participants: [{ userId: "ben" }] };
    const own = (await server.asUser("tess")("openConversation", { body: input })).conversation.id;
    const send = (n: number) => {
      const message = { clientMessageId: `budget-${n}`, content: `Number ${n}` };
      return server.asUser("tess").try("sendMessage", { params: { id: own }, body: message });
    };
    for (let n = 1; n <= 30; n += 1) expect((await send(n)).status).toBe(201);
    expect(await send(31)).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(await send(1)).toMatchObject({ status: 200, body: { message: { seq: 1 } } });
    expect((await send(30)).status).toBe(200);
    expect((await send(31)).status).toBe(429);
  });
});
