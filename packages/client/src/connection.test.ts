import { clientOptions, ManualClock, MemoryServer, problemOf } from "@parley/testkit";
import { afterEach, describe, expect, it } from "vitest";
import type { ChatClient } from "./chat-client.ts";
import { type ChatClientOptions, createChatClient } from "./create-chat-client.ts";
import { sessionOver } from "./session.ts";

const clients: ChatClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

function setUp(over: Partial<ChatClientOptions> = {}) {
  const clock = new ManualClock();
  const server = new MemoryServer(clock.now);
  const { id } = server.chat.open("ana", { type: "direct", participants: [{ userId: "ben" }] });
  let comeBack = () => {};
  let stopped = 0;
  const environment = {
    visible: true,
    isVisible: () => environment.visible,
    onReturn: (callback: () => void) => {
      comeBack = callback;
      return () => (stopped += 1);
    },
  };
  const client = createChatClient({ ...clientOptions(server, "ana", clock), environment, ...over });
  clients.push(client);
  const statuses: string[] = [];
  client.store.subscribe(() => {
    const { status } = client.store.getState().connection;
    if (statuses.at(-1) !== status) statuses.push(status);
  });
  const connection = () => client.store.getState().connection;
  const count = (name: string) => server.calls.filter((call) => call.name === name).length;
  return {
    clock,
    server,
    id,
    client,
    environment,
    statuses,
    connection,
    count,
    comeBack: () => comeBack(),
    stops: () => stopped,
  };
}

/** A socket that neither opens nor fails. */
const silent = sessionOver(() => ({ emit: () => {}, close: () => {} }));

describe("the connection", () => {
  it("goes from idle over connecting to connected, once", async () => {
    const { clock, server, client, statuses, connection } = setUp();
    expect(connection()).toEqual({ status: "idle", retryAt: null });
    client.connect();
    client.connect();
    await clock.advance(0);
    expect(statuses).toEqual(["connecting", "connected"]);
    expect(server.sockets).toBe(1);
  });

  it("comes back with jitter after a loss, and has caught up before it says connected", async () => {
    const { clock, server, id, client, statuses } = setUp();
    client.connect();
    await clock.advance(0);
    server.cut();
    server.chat.send("ben", id, "x1", "While you were away");
    await clock.advance(249);
    expect(statuses.at(-1)).toBe("connecting");
    expect(client.store.getState().unreadTotal).toBe(0);
    await clock.advance(1);
    expect(statuses.at(-1)).toBe("connected");
    expect(client.store.getState().unreadTotal).toBe(1);
  });

  it("is connected with what there is when the server refuses for good to say what was missed, and asks again", async () => {
    const { clock, server, id, client, statuses, connection, count } = setUp();
    server.faults.call = ({ name }) => (name === "sync" ? problemOf("payload_too_large") : "pass");
    client.connect();
    await clock.advance(0);
    expect(client.store.getState().ready).toBe(true);
    expect(connection()).toEqual({ status: "connected", retryAt: clock.now() + 60_000 });
    // At the start it is asked beside the socket; the server's sums, which come with the socket, ask once more.
    await clock.advance(59_000);
    expect(count("sync")).toBe(3);
    server.faults.call = () => "pass";
    await clock.advance(1_000);
    expect(connection()).toEqual({ status: "connected", retryAt: null });
    expect(client.store.getState().conversations.has(id)).toBe(true);
    expect(statuses).toEqual(["connecting", "connected"]);
  });

  it("is over HTTP with what there is when the same is refused there", async () => {
    const { clock, server, client, connection, count } = setUp();
    server.faults.refuseSockets = true;
    server.faults.call = ({ name }) => (name === "sync" ? problemOf("payload_too_large") : "pass");
    client.connect();
    await clock.advance(600);
    expect(client.store.getState().ready).toBe(true);
    expect(connection().status).toBe("http");
    expect(connection().retryAt).toBeGreaterThan(clock.now());
    const before = count("sync");
    await clock.advance(55_000);
    expect(count("sync")).toBe(before);
    server.faults.call = () => "pass";
    await clock.advance(10_000);
    expect(connection()).toEqual({ status: "http", retryAt: null });
  });

  it("goes over HTTP when two tries for a socket have failed, keeps trying, and moves back to a socket", async () => {
    const { clock, server, id, client, statuses, count } = setUp();
    server.faults.refuseSockets = true;
    client.connect();
    await clock.advance(600);
    expect(statuses).toEqual(["connecting", "http"]);
    const sent = await client.messages.send(id, "Over HTTP");
    await expect(sent.acknowledged).resolves.toMatchObject({ seq: 1 });
    const before = count("sync");
    server.chat.send("ben", id, "x1", "Answer");
    await clock.advance(5_000);
    expect(count("sync")).toBeGreaterThan(before);
    expect(client.store.getState().conversations.get(id)?.lastSeq).toBe(2);
    server.faults.refuseSockets = false;
    await clock.advance(30_000);
    expect(statuses).toEqual(["connecting", "http", "connected"]);
    const polls = count("sync");
    await clock.advance(60_000);
    expect(count("sync")).toBe(polls);
  });

  it("asks less often over HTTP while nobody looks", async () => {
    const { clock, server, client, environment, count } = setUp();
    server.faults.refuseSockets = true;
    environment.visible = false;
    client.connect();
    await clock.advance(600);
    const before = count("sync");
    await clock.advance(29_000);
    expect(count("sync")).toBe(before);
    await clock.advance(2_000);
    expect(count("sync")).toBe(before + 1);
  });

  it("takes HTTP after six seconds when a socket neither opens nor fails", async () => {
    const { clock, client, statuses } = setUp({ openSession: silent });
    client.connect();
    await clock.advance(5_900);
    expect(statuses).toEqual(["connecting"]);
    await clock.advance(200);
    expect(statuses).toEqual(["connecting", "http"]);
  });

  it("shows what is there without waiting for the socket, and is connected only with it", async () => {
    const { clock, server, id, client, connection } = setUp({ openSession: silent });
    server.chat.send("ben", id, "early", "Hello");
    client.connect();
    await clock.advance(0);
    expect(client.store.getState()).toMatchObject({ ready: true, self: { id: "ana" } });
    expect(client.store.getState().conversations.get(id)?.lastSeq).toBe(1);
    expect(connection().status).toBe("connecting");
  });

  it("comes again when a busy server told it to, a little spread, and does not ask over HTTP instead", async () => {
    let tries = 0;
    const busy = problemOf("overloaded", { retryAfterMs: 2_000 });
    const { clock, client, count } = setUp({
      openSession: sessionOver((_url, _token, handlers) => {
        tries += 1;
        queueMicrotask(() => handlers.refused(busy));
        return { emit: () => {}, close: () => {} };
      }),
    });
    clock.randomValue = 1;
    client.connect();
    await clock.advance(0);
    for (let n = 1; n <= 2; n += 1) {
      await clock.advance(2_499);
      expect(tries).toBe(n);
      await clock.advance(1);
      expect(tries).toBe(n + 1);
    }
    // Only what was asked beside the first try.
    expect(count("sync")).toBe(1);
    // Whoever has waited for six seconds sees what HTTP gives.
    await clock.advance(2_000);
    expect(client.store.getState().ready).toBe(true);
  });

  it("asks for what it missed again when a busy server told it to", async () => {
    const { clock, server, client, statuses, count } = setUp();
    const busy = problemOf("overloaded", { retryAfterMs: 7_000 });
    server.faults.call = ({ name }) => (name === "sync" ? busy : "pass");
    client.connect();
    await clock.advance(6_900);
    // At the start it is asked beside the socket; the server's sums, which come with the socket, ask once more.
    expect([count("sync"), statuses]).toEqual([3, ["connecting"]]);
    server.faults.call = () => "pass";
    await clock.advance(2_000);
    expect(statuses.at(-1)).toBe("connected");
  });

  it("is offline while nothing answers, says when it tries again, and tries at once when the network returns", async () => {
    const { clock, server, client, connection, comeBack } = setUp();
    server.faults.refuseSockets = true;
    server.faults.refuseHttp = true;
    client.connect();
    await clock.advance(10_000);
    expect(connection().status).toBe("offline");
    expect(connection().retryAt).toBeGreaterThan(clock.now());
    server.faults.refuseSockets = false;
    server.faults.refuseHttp = false;
    comeBack();
    await clock.advance(0);
    expect(connection().status).toBe("connected");
  });

  it("catches up when the page is looked at again", async () => {
    const { clock, client, comeBack, count } = setUp();
    client.connect();
    await clock.advance(0);
    const before = count("sync");
    comeBack();
    await clock.advance(0);
    expect(count("sync")).toBe(before + 1);
  });

  it("asks for one more token when one is refused, and is unauthorized when that is refused too", async () => {
    const { clock, server, client, connection } = setUp();
    server.tokens.refuseAll = true;
    client.connect();
    await clock.advance(0);
    expect(connection().status).toBe("unauthorized");
    expect(server.tokens.issued).toBe(2);
    server.tokens.refuseAll = false;
    await clock.advance(30_000);
    expect(connection().status).toBe("connected");
  });

  it("refreshes the token over the socket before it runs out", async () => {
    const { clock, server, client, statuses, count } = setUp();
    server.tokens.lifetimeMs = 600_000;
    client.connect();
    await clock.advance(530_000);
    expect(count("auth:refresh")).toBe(0);
    await clock.advance(20_000);
    expect(count("auth:refresh")).toBe(1);
    await clock.advance(600_000);
    expect(count("auth:refresh")).toBe(2);
    expect(statuses).toEqual(["connecting", "connected"]);
  });

  it("refreshes a short token at four fifths of its time, and tries again when that fails", async () => {
    const { clock, server, client, statuses, count } = setUp();
    server.tokens.lifetimeMs = 20_000;
    client.connect();
    await clock.advance(0);
    server.faults.call = ({ name }) => (name === "auth:refresh" ? problemOf("overloaded") : "pass");
    await clock.advance(16_100);
    expect(count("auth:refresh")).toBe(1);
    server.faults.call = () => "pass";
    await clock.advance(2_100);
    expect(count("auth:refresh")).toBe(2);
    expect(statuses).toEqual(["connecting", "connected"]);
  });

  it("opens a new socket when the server refuses a refreshed token", async () => {
    const { clock, server, client, statuses } = setUp();
    server.tokens.lifetimeMs = 20_000;
    client.connect();
    await clock.advance(0);
    server.faults.call = ({ name }) => (name === "auth:refresh" ? problemOf("forbidden") : "pass");
    await clock.advance(16_500);
    expect(statuses).toEqual(["connecting", "connected", "connecting", "connected"]);
  });

  it("stays away as long as a draining server asked", async () => {
    const { clock, server, client, statuses } = setUp();
    client.connect();
    await clock.advance(0);
    server.emit("ana", { name: "server:draining", payload: { reconnectAfterMs: 4_000 } });
    await clock.advance(1_000);
    expect(statuses.at(-1)).toBe("connected");
    server.cut();
    await clock.advance(2_900);
    expect(statuses.at(-1)).toBe("connecting");
    await clock.advance(200);
    expect(statuses.at(-1)).toBe("connected");
  });

  it("leaves a draining server by itself when the time has come", async () => {
    const { clock, server, client, statuses } = setUp();
    client.connect();
    await clock.advance(0);
    server.emit("ana", { name: "server:draining", payload: { reconnectAfterMs: 4_000 } });
    await clock.advance(4_100);
    expect(statuses).toEqual(["connecting", "connected", "connecting", "connected"]);
  });

  it("renews its presence every thirty seconds, and tells a change at once", async () => {
    const { clock, server, client, count } = setUp();
    client.connect();
    await clock.advance(0);
    expect(count("presence:set")).toBe(1);
    await clock.advance(61_000);
    expect(count("presence:set")).toBe(3);
    client.presence.set("away");
    await clock.advance(0);
    expect(server.calls.at(-1)).toMatchObject({ name: "presence:set", input: { status: "away" } });
  });

  it("leaves nothing behind when it is closed", async () => {
    const { clock, server, client, connection, stops } = setUp();
    client.connect();
    await clock.advance(0);
    await client.close();
    expect(connection().status).toBe("closed");
    expect([server.sockets, clock.pending, stops()]).toEqual([0, 0, 1]);
    client.connect();
    await clock.advance(60_000);
    expect(server.sockets).toBe(0);
  });
});
