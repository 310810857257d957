import { afterEach, describe, expect, it } from "vitest";
import {
  connected,
  next,
  type RealtimeServer,
  startRealtime,
  tokenFor,
} from "../../../../../tests/support/start-realtime.ts";
import { AppError } from "../app-error.ts";

let server: RealtimeServer;
afterEach(() => server.stop());

const refusedWith = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });
const nested = (depth: number): object => (depth === 0 ? {} : { inner: nested(depth - 1) });
/** An object that has the key itself, as JSON.parse makes it. */
const withKey = (key: string, value: unknown): object => JSON.parse(`{"${key}": ${JSON.stringify(value)}}`);

describe("a command", () => {
  it.each([
    ["nothing", []],
    ["null", [null]],
    ["a number", [7]],
    ["a string", ["text"]],
    ["an array", [[{ status: "away" }]]],
    ["two payloads", [{ status: "away" }, {}]],
    ["a wrong value", [{ status: "offline" }]],
    ["a field too many", [{ status: "away", more: 1 }]],
    ["bytes", [Buffer.from("abc")]],
    ["bytes inside", [{ status: Buffer.from("abc") }]],
    ["__proto__", [withKey("__proto__", { status: "away" })]],
    ["constructor", [{ status: "away", inner: [withKey("constructor", 1)] }]],
    ["a deep payload", [{ status: "away", ...nested(2_000) }]],
  ])("with %s is refused as invalid", async (_case, args) => {
    server = await startRealtime();
    const socket = await connected(server.client(tokenFor("anna")));
    expect(await socket.emitWithAck("presence:set", ...args)).toEqual(refusedWith("invalid_request"));
    expect(await socket.emitWithAck("presence:set", { status: "away" })).toEqual({ ok: true });
  });

  it("names the wrong field, but not its value", async () => {
    server = await startRealtime();
    const socket = await connected(server.client(tokenFor("anna")));
    const answer = await socket.emitWithAck("receipt:read", { conversationId: "c", seq: "secret text" });
    expect(answer.error.errors).toEqual([{ path: "seq", code: "invalid_type", message: expect.any(String) }]);
    expect(JSON.stringify(answer)).not.toContain("secret text");
  });

  it("runs without an acknowledgement too, and answers nothing", async () => {
    const seen: string[] = [];
    server = await startRealtime({
      handlers: {
        "presence:set": async (_deps, _context, { status }) => {
          seen.push(status);
          return {};
        },
      },
    });
    const socket = await connected(server.client(tokenFor("anna")));
    socket.emit("presence:set", { status: "away" });
    socket.emit("presence:set", "nonsense");
    socket.emit("presence:set");
    expect(await socket.emitWithAck("presence:set", { status: "online" })).toEqual({ ok: true });
    expect(seen).toEqual(["away", "online"]);
  });

  it("answers a refusal as it is, and everything else as internal, without its text", async () => {
    server = await startRealtime({
      handlers: {
        "typing:start": async () => {
          throw new AppError("not_found");
        },
        "typing:stop": async () => {
          throw new Error("secret text");
        },
        // It does not even return a promise.
        "presence:set": () => {
          throw new Error("secret text");
        },
        "conversation:leave": (async () => ({ number: 1n })) as never,
      },
    });
    const socket = await connected(server.client(tokenFor("anna")));
    const conversation = { conversationId: "c" };
    expect(await socket.emitWithAck("typing:start", conversation)).toEqual(refusedWith("not_found"));
    const answer = await socket.emitWithAck("typing:stop", conversation);
    expect(answer).toEqual(refusedWith("internal"));
    expect(JSON.stringify(answer)).not.toContain("secret text");
    expect(await socket.emitWithAck("presence:set", { status: "away" })).toEqual(refusedWith("internal"));
    socket.emit("conversation:leave", conversation, () => {});
    expect(await socket.emitWithAck("typing:start", conversation)).toEqual(refusedWith("not_found"));
    expect(server.outcomes).toContain("typing:stop: internal");
  });

  it("that does not exist is refused, and closes the connection when repeated", async () => {
    server = await startRealtime({ limits: { unknownCommands: 5 } });
    const socket = await connected(server.client(tokenFor("anna")));
    for (const name of ["no:such", "__proto__", "constructor", "toString", "error"]) {
      expect(await socket.emitWithAck(name, {})).toEqual(refusedWith("invalid_request"));
    }
    const closed = next(socket, "disconnect");
    socket.emit("no:such");
    await closed;
    expect(server.outcomes).toContain("unknown: invalid_request");
  });

  it("above the rate is refused with the time to wait, and a flood closes the connection", async () => {
    server = await startRealtime({ limits: { commandRate: { count: 3, seconds: 1 }, floodedCommands: 5 } });
    const socket = await connected(server.client(tokenFor("anna")));
    const other = await connected(server.client(tokenFor("anna")));
    const send = () => socket.emitWithAck("presence:set", { status: "away" });
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    const { code, retryAfterMs } = answers[3].error;
    expect(code).toBe("rate_limited");
    expect(await other.emitWithAck("presence:set", { status: "away" })).toEqual({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    expect(await send()).toEqual({ ok: true });
    const closed = next(socket, "disconnect");
    for (let n = 0; n < 10; n += 1) socket.emit("presence:set", { status: "away" });
    await closed;
    expect(other.connected).toBe(true);
  });

  it("is refused as overloaded while too many of the same connection are being worked on", async () => {
    const release = makeResolvers();
    server = await startRealtime({
      limits: { commandsInFlight: 2 },
      handlers: {
        "typing:start": async () => {
          await release.promise;
          return {};
        },
      },
    });
    const socket = await connected(server.client(tokenFor("anna")));
    const first = [1, 2].map(() => socket.emitWithAck("typing:start", { conversationId: "c" }));
    expect(await socket.emitWithAck("typing:start", { conversationId: "c" })).toEqual(refusedWith("overloaded"));
    release.resolve();
    expect(await Promise.all(first)).toEqual([{ ok: true }, { ok: true }]);
    expect(await socket.emitWithAck("presence:set", { status: "away" })).toEqual({ ok: true });
  });
});

function makeResolvers() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
