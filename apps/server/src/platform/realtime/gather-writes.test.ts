import { Socket as TcpSocket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  connected,
  type RealtimeServer,
  startRealtime,
  tokenFor,
} from "../../../../../tests/support/start-realtime.ts";

let server: RealtimeServer;
afterEach(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

describe("writes of one tick", () => {
  it("leave together, in their order", async () => {
    server = await startRealtime();
    const socket = await connected(server.client(tokenFor("anna")));
    const heard: number[] = [];
    socket.on("participant:removed", ({ version }: { version: number }) => heard.push(version));
    const written: number[] = [];
    const prototype = TcpSocket.prototype as unknown as {
      _writev: (...args: unknown[]) => void;
      _write: (...args: unknown[]) => void;
    };
    const { _writev, _write } = prototype;
    vi.spyOn(prototype, "_writev").mockImplementation(function (this: unknown, ...args) {
      written.push((args[0] as unknown[]).length);
      _writev.apply(this, args);
    });
    vi.spyOn(prototype, "_write").mockImplementation(function (this: unknown, ...args) {
      written.push(1);
      _write.apply(this, args);
    });
    const versions = Array.from({ length: 50 }, (_, n) => n);
    for (const version of versions) {
      server.fanOut.toUsers(["anna"], "participant:removed", { conversationId: "c", userId: "u", version });
    }
    await expect.poll(() => heard).toEqual(versions);
    expect(written.length).toBeLessThanOrEqual(4);
  });
});
