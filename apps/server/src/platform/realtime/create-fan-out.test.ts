import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Socket } from "socket.io-client";
import {
  connected,
  next,
  type RealtimeServer,
  startRealtime,
  tokenFor,
} from "../../../../../tests/support/start-realtime.ts";

let server: RealtimeServer;
let heard: string[];

beforeEach(async () => {
  heard = [];
  server = await startRealtime({
    handlers: {
      "conversation:join": async (_deps, { connection }, { conversationId }) => {
        connection.join(conversationId);
        return { presence: [] };
      },
      "conversation:leave": async (_deps, { connection }, { conversationId }) => {
        connection.leave(conversationId);
        return {};
      },
      "typing:stop": async (_deps, { connection }, { conversationId }) => {
        if (!connection.hasJoined(conversationId)) throw new Error("It has not joined.");
        return {};
      },
    },
  });
});
afterEach(() => server.stop());

const open = async (userId: string, conversationId?: string): Promise<Socket> => {
  const socket = await connected(server.client(tokenFor(userId)));
  socket.onAny((name: string) => heard.push(`${userId} ${name}`));
  if (conversationId !== undefined) await socket.emitWithAck("conversation:join", { conversationId });
  return socket;
};

/** Everything emitted before has arrived when this has. */
const settle = async (...sockets: Socket[]): Promise<void> => {
  await Promise.all(sockets.map((socket) => socket.emitWithAck("presence:set", { status: "online" })));
};

const typing = { conversationId: "order", userId: "anna", typing: true };
const removed = { conversationId: "order", userId: "x", version: 1 };

describe("fan-out", () => {
  it("reaches every connection of those people, once, and nobody else", async () => {
    const sockets = [await open("anna"), await open("anna"), await open("ben"), await open("cleo")];
    server.fanOut.toUsers(["anna", "ben", "anna", "nobody"], "participant:removed", removed);
    await settle(...sockets);
    expect(heard.sort()).toEqual(["anna participant:removed", "anna participant:removed", "ben participant:removed"]);
  });

  it("reaches nobody when none of them is here", async () => {
    const cleo = await open("cleo", "order");
    server.fanOut.toUsers([], "participant:removed", removed);
    server.fanOut.toUsers(["nobody"], "participant:removed", removed);
    server.fanOut.toParticipants("order", [], "participant:removed", removed);
    server.fanOut.toOpenConversation("gig", "typing:updated", typing);
    await settle(cleo);
    expect(heard).toEqual([]);
  });

  it("tells those who have the conversation open, except one person on all connections", async () => {
    const sockets = [
      await open("anna", "order"),
      await open("anna", "order"),
      await open("ben", "order"),
      await open("cleo"),
    ];
    server.fanOut.toOpenConversation("order", "typing:updated", typing, "anna");
    await settle(...sockets);
    expect(heard).toEqual(["ben typing:updated"]);
    await sockets[2]?.emitWithAck("conversation:leave", { conversationId: "order" });
    server.fanOut.toOpenConversation("order", "typing:updated", typing);
    await settle(...sockets);
    expect(heard).toEqual(["ben typing:updated", "anna typing:updated", "anna typing:updated"]);
  });

  it("keeps from a person whose access was revoked what is still on its way", async () => {
    const [anna, ben] = [await open("anna", "order"), await open("ben", "order")];
    const listMadeBefore = ["anna", "ben"];
    server.fanOut.revoke("order", "anna", 2);
    server.fanOut.toParticipants("order", listMadeBefore, "participant:removed", removed);
    server.fanOut.toOpenConversation("order", "typing:updated", { ...typing, userId: "ben" });
    server.fanOut.toParticipants("gig", listMadeBefore, "conversation:updated", {} as never);
    await settle(anna, ben);
    expect(heard.sort()).toEqual([
      "anna conversation:updated",
      "ben conversation:updated",
      "ben participant:removed",
      "ben typing:updated",
    ]);
    expect(await anna.emitWithAck("typing:stop", { conversationId: "order" })).toMatchObject({ ok: false });
  });

  it("lets nobody join whose access was revoked while the check was under way, until it is granted again", async () => {
    const anna = await open("anna");
    server.fanOut.revoke("order", "anna", 2);
    const join = () => anna.emitWithAck("conversation:join", { conversationId: "order" });
    expect(await join()).toMatchObject({ ok: false, error: { code: "not_found" } });
    server.fanOut.grant("order", "anna", 3);
    expect(await join()).toMatchObject({ ok: true });
    server.fanOut.toParticipants("order", ["anna"], "participant:removed", removed);
    await settle(anna);
    expect(heard).toEqual(["anna participant:removed"]);
  });

  it("knows who is here", async () => {
    const first = await open("anna");
    await open("anna");
    const ben = await open("ben");
    expect(server.fanOut.allConnected().sort()).toEqual(["anna", "ben"]);
    expect(server.fanOut.connected(["ben", "cleo", "anna"])).toEqual(["ben", "anna"]);
    const gone = [next(first, "disconnect"), next(ben, "disconnect")];
    first.disconnect();
    ben.disconnect();
    await Promise.all(gone);
    await expect.poll(() => server.fanOut.allConnected()).toEqual(["anna"]);
  });
});
