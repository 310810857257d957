import { afterEach, describe, expect, it } from "vitest";
import {
  connected,
  next,
  type RealtimeServer,
  startRealtime,
  tokenFor,
} from "../../../../../tests/support/start-realtime.ts";

let server: RealtimeServer;
afterEach(() => server.stop());

describe("a socket", () => {
  it("connects with a token, runs a command, and hears an event", async () => {
    server = await startRealtime({
      handlers: {
        "receipt:read": async (_deps, { actor }, { seq }) => ({ unread: actor.userId.length, total: seq }),
      },
    });
    const anna = await connected(server.client(tokenFor("anna")));
    expect(await anna.emitWithAck("receipt:read", { conversationId: "c", seq: 7 })).toEqual({
      ok: true,
      unread: 4,
      total: 7,
    });
    const heard = next(anna, "unread:updated");
    server.fanOut.toUsers(["anna"], "unread:updated", { conversationId: "c", unread: 0, total: 0 });
    expect(await heard).toEqual({ conversationId: "c", unread: 0, total: 0 });
  });
});
