import { connect, type Socket as TcpSocket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  connected,
  type RealtimeServer,
  startRealtime,
  tokenFor,
} from "../../../../../tests/support/start-realtime.ts";

let server: RealtimeServer;
let stalled: TcpSocket | undefined;
afterEach(async () => {
  stalled?.destroy();
  await server.stop();
});

/** Signs in over a raw TCP connection, and then reads nothing more. */
async function stall(userId: string): Promise<TcpSocket> {
  const tcp = connect(server.port, "127.0.0.1");
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${"A".repeat(22)}==\r\n\r\n`,
  );
  await new Promise((resolve) => tcp.once("data", resolve));
  const text = Buffer.from(`40${JSON.stringify({ token: tokenFor(userId) })}`);
  // A text frame under a mask of zeros.
  tcp.write(Buffer.concat([Buffer.from([0x81, 0x80 | 126, text.length >> 8, text.length & 255, 0, 0, 0, 0]), text]));
  await expect.poll(() => server.fanOut.connected([userId])).toEqual([userId]);
  tcp.pause();
  return tcp;
}

const bigEvent = { conversationId: "c".repeat(100), userId: "u".repeat(10_000), version: 1 };

describe("a connection that does not read", () => {
  it("is cut off when too much waits for it, and disturbs nobody else", async () => {
    server = await startRealtime({ limits: { waitingBytes: 1024 * 1024, slowPackets: 16 } });
    stalled = await stall("slow");
    const quick = await connected(server.client(tokenFor("quick")));
    let heard = 0;
    quick.on("participant:removed", () => (heard += 1));
    let sent = 0;
    // The kernel's buffers take some megabytes before anything waits here.
    while (server.fanOut.connected(["slow"]).length > 0 && sent < 20_000) {
      for (let n = 0; n < 20; n += 1) server.fanOut.toUsers(["slow", "quick"], "participant:removed", bigEvent);
      sent += 20;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.fanOut.connected(["slow", "quick"])).toEqual(["quick"]);
    expect(sent).toBeGreaterThan(100);
    await expect.poll(() => heard, { timeout: 5_000 }).toBe(sent);
    expect(server.outcomes).toContain("closed: slow reader");
  });

  it("is cut off for few packets that are large", async () => {
    server = await startRealtime({ limits: { waitingBytes: 1024 * 1024, slowPackets: 1_024 } });
    stalled = await stall("slow");
    const large = { ...bigEvent, userId: "u".repeat(100_000) };
    let sent = 0;
    // Far fewer packets than make a connection slow.
    while (server.fanOut.connected(["slow"]).length > 0 && sent < 500) {
      for (let n = 0; n < 5; n += 1) server.fanOut.toUsers(["slow"], "participant:removed", large);
      sent += 5;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.fanOut.connected(["slow"])).toEqual([]);
    expect(sent).toBeLessThan(500);
  });

  it("gets nothing ephemeral while much waits for it, and again when it has caught up", async () => {
    server = await startRealtime({ limits: { slowPackets: 16 } });
    const socket = await connected(server.client(tokenFor("anna")));
    const heard: string[] = [];
    socket.onAny((name: string) => heard.push(name));
    const lasting = () => server.fanOut.toUsers(["anna"], "participant:removed", { ...bigEvent, userId: "u" });
    const ephemeral = () =>
      server.fanOut.toUsers(["anna"], "presence:updated", { userId: "ben", status: "online", lastSeenAt: null });
    ephemeral();
    ephemeral();
    for (let n = 0; n < 40; n += 1) lasting();
    ephemeral();
    await expect.poll(() => heard.length).toBe(42);
    expect(heard.filter((name) => name === "presence:updated")).toHaveLength(2);
    ephemeral();
    await expect.poll(() => heard.length).toBe(43);
  });
});
