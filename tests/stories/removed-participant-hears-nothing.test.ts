import type { ServerEvent } from "@parley/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../support/start-server.ts";
import type { TestSocket } from "../support/test-socket.ts";
import { conversationOf, openWindow } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

const CANARY = "not-for-eve";

/** Of which conversation an event is. */
const conversationIdOf = ({ name, payload }: ServerEvent): string | undefined => {
  if (name === "conversation:new" || name === "conversation:updated") return payload.id;
  return "conversationId" in payload ? payload.conversationId : undefined;
};

const versionOf = ({ payload }: ServerEvent): number => ("version" in payload ? payload.version : 0);

describe("a removed participant", () => {
  let server: TestServer;
  let id: string;
  let ben: TestSocket;
  /** One connection may not send a hundred at once. */
  let benToo: TestSocket;

  beforeAll(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    // New ones for each test: how much a connection may send is limited.
    [ben, benToo] = [await server.socket("ben"), await server.socket("ben")];
    const participants = [{ userId: "ben" }, { userId: "eve" }];
    ({ id } = (await server.asUser("ana")("openConversation", { body: { type: "group", participants } })).conversation);
  });
  afterAll(() => server.stop());

  const send = (n: number, socket = ben) =>
    socket.ask("message:send", { conversationId: id, clientMessageId: `${CANARY}-${n}`, content: `${CANARY} ${n}` });
  const sendHundred = () => Promise.all(Array.from({ length: 100 }, (_, n) => send(n, n % 2 ? ben : benToo)));
  const removeEve = () => server.asUser("ana")("removeParticipant", { params: { id, userId: "eve" } });
  /** What came on a socket after it was told of the removal. */
  const heardAfterwards = ({ events }: TestSocket): ServerEvent[] => {
    const told = events.findIndex((event) => event.name === "participant:removed" && conversationIdOf(event) === id);
    expect(told).toBeGreaterThanOrEqual(0);
    return events.slice(told + 1).filter((event) => conversationIdOf(event) === id);
  };

  it("hears nothing of what is sent right behind the removal, on any socket", async () => {
    const eves = await Promise.all([server.socket("eve"), server.socket("eve"), server.socket("eve")]);
    const client = await server.client("eve");
    await openWindow(client, id);
    await eves[0]?.ask("conversation:join", { conversationId: id });
    await ben.ask("conversation:join", { conversationId: id });
    const [, sent] = await Promise.all([removeEve(), sendHundred()]);
    const { version: removedAt } = await ben.heard(
      "participant:removed",
      ({ conversationId }) => conversationId === id,
    );
    expect(sent.filter(({ message }) => message.version > removedAt).length).toBeGreaterThan(0);

    const { message } = await send(100);
    await ben.ask("message:edit", { messageId: message.id, content: `${CANARY} edited` });
    await ben.ask("typing:start", { conversationId: id });
    await ben.ask("receipt:read", { conversationId: id, seq: message.seq });
    await server.asUser("ana")("changeConversation", { params: { id }, body: { title: CANARY } });
    await server.asHost("addParticipant", { params: { id }, body: { userId: "carl" } });
    await ben.ask("message:delete", { messageId: message.id });
    await ben.heard("message:deleted", ({ messageId }) => messageId === message.id);
    // What was to come has come: this one goes the same way, after all of them.
    const other = { type: "direct", participants: [{ userId: "eve" }] };
    const last = (await server.asUser("ben")("openConversation", { body: other })).conversation.id;
    for (const eve of eves) {
      await eve.heard("conversation:new", (conversation) => conversation.id === last);
      expect(heardAfterwards(eve)).toEqual([]);
      const late = eve.events.filter((event) => conversationIdOf(event) === id && versionOf(event) > removedAt);
      expect(late).toEqual([]);
    }
    await waitUntil(() => !conversationOf(client, id), { what: "it is gone from Eve's screen" });
    expect(client.store.getState().messages.has(id)).toBe(false);
  });

  it("gets 404 at once, and cannot come back in by the room", async () => {
    const eve = await server.socket("eve");
    await eve.ask("conversation:join", { conversationId: id });
    const { message } = await eve.ask("message:send", { conversationId: id, clientMessageId: "own", content: "own" });
    await removeEve();
    const asEve = server.asUser("eve");
    const refused = await Promise.all([
      asEve.try("getConversation", { params: { id } }),
      asEve.try("listMessages", { params: { id } }),
      asEve.try("sendMessage", { params: { id }, body: { clientMessageId: "own", content: "own" } }),
      asEve.try("editMessage", { params: { id: message.id }, body: { content: "other" } }),
      asEve.try("deleteMessage", { params: { id: message.id } }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    for (const command of ["conversation:join", "typing:start", "typing:stop"] as const) {
      expect(await eve.raw(command, { conversationId: id })).toMatchObject({ ok: false, error: { code: "not_found" } });
    }
    expect((await asEve("sync", { body: { versions: { [id]: 1 } } })).gone).toEqual([id]);
  });

  it("hears nothing either when they left by themselves", async () => {
    const eve = await server.socket("eve");
    await eve.ask("conversation:join", { conversationId: id });
    await Promise.all([server.asUser("eve")("removeParticipant", { params: { id, userId: "eve" } }), sendHundred()]);
    await ben.ask("typing:start", { conversationId: id });
    const other = { type: "group", participants: [{ userId: "eve" }] };
    const last = (await server.asUser("ben")("openConversation", { body: other })).conversation.id;
    await eve.heard("conversation:new", (conversation) => conversation.id === last);
    expect(heardAfterwards(eve)).toEqual([]);
  });

  it("is not removed under another spelling of the id, which would leave the room open", async () => {
    const reply = await server.asHost.try("removeParticipant", { params: { id: id.toUpperCase(), userId: "eve" } });
    expect(reply.status).toBe(404);
    expect((await server.asUser("eve").try("getConversation", { params: { id } })).status).toBe(200);
  });

  it("hears exactly what happened while they took part, however adding and removing race", async () => {
    const eve = await server.socket("eve");
    const asHost = server.asHost;
    for (let round = 0; round < 25; round += 1) {
      await Promise.all([
        asHost.try("addParticipant", { params: { id }, body: { userId: "eve" } }),
        asHost.try("removeParticipant", { params: { id, userId: "eve" } }),
        asHost("sendMessage", {
          params: { id },
          body: { clientMessageId: `${round}`, content: `${round}`, kind: "system" },
        }),
      ]);
    }
    await asHost.try("removeParticipant", { params: { id, userId: "eve" } });
    const { version: end } = (
      await asHost("sendMessage", {
        params: { id },
        body: { clientMessageId: "end", content: "end", kind: "system" },
      })
    ).message;
    await ben.heard("message:new", ({ conversationId, version }) => conversationId === id && version === end);
    await eve.heard("participant:removed", ({ version }) => version <= end);
    const memberships = ben.events
      .filter((event) => conversationIdOf(event) === id && "userId" in event.payload && event.payload.userId === "eve")
      .filter(({ name }) => name === "participant:added" || name === "participant:removed")
      .sort((one, other) => versionOf(one) - versionOf(other));
    /** What the last change of Eve's membership before this version was; she took part from the start. */
    const tookPart = (version: number) =>
      memberships.findLast((event) => versionOf(event) < version)?.name !== "participant:removed";
    const wrong = eve.events
      .filter((event) => conversationIdOf(event) === id && versionOf(event) > 0)
      .filter((event) => !tookPart(versionOf(event)))
      .filter(({ name }) => name !== "conversation:new" && name !== "participant:added");
    expect(wrong).toEqual([]);
    expect(eve.events.filter((event) => conversationIdOf(event) === id).every((event) => versionOf(event) < end)).toBe(
      true,
    );
  });
});
