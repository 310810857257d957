import { afterEach, beforeEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import {
  connected,
  type RealtimeServer,
  startRealtime,
  tokenFor,
} from "../../../../../tests/support/start-realtime.ts";

let server: RealtimeServer;
const raised: unknown[] = [];
const onRaised = (error: unknown): void => void raised.push(error);

beforeEach(async () => {
  raised.length = 0;
  process.on("uncaughtException", onRaised).on("unhandledRejection", onRaised);
  server = await startRealtime({ limits: { handshakeMs: 500 } });
});
afterEach(async () => {
  await server.stop();
  process.off("uncaughtException", onRaised).off("unhandledRejection", onRaised);
});

const SIGN_IN = `40${JSON.stringify({ token: tokenFor("anna") })}`;

/** Sends frames over a plain WebSocket, waits a moment, and leaves. */
async function sendFrames(frames: readonly (string | Buffer)[], query = "EIO=4&transport=websocket"): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/socket.io/?${query}`);
  socket.on("error", () => {});
  const opened = await new Promise<boolean>((resolve) => {
    socket.once("open", () => resolve(true));
    socket.once("close", () => resolve(false));
  });
  if (opened) {
    for (const frame of frames) socket.send(frame, () => {});
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  socket.terminate();
}

async function expectAlive(): Promise<void> {
  const socket = await connected(server.client(tokenFor("ben")));
  expect(await socket.emitWithAck("presence:set", { status: "online" })).toEqual({ ok: true });
  expect(raised).toEqual([]);
}

const event = (name: string, payload = "{}"): string => `421["${name}",${payload}]`;

const frames: [string, (string | Buffer)[]][] = [
  ["an empty frame", [""]],
  ["unknown Engine.IO types", ["9", "x", "7hello", "\u0000"]],
  ["a ping and an open packet in the wrong direction", ["2", "0{}", "6", "3"]],
  ["a close packet", ["1"]],
  ["a second upgrade", ["5", "2probe", "5"]],
  ["a packet without type", ["4"]],
  ["unknown Socket.IO types", ["47", "48{}", "4x"]],
  ["an event before signing in", [event("presence:set")]],
  ["an acknowledgement before signing in", ["431[]"]],
  ["broken credentials", ["40null"]],
  ["credentials that are a list", ["40[]"]],
  ["credentials that are a string", ['40"text"']],
  ["credentials that are broken JSON", ["40{"]],
  ["credentials with a prototype", ['40{"__proto__":{"token":"a"},"constructor":1}']],
  ["credentials with a session to recover", ['40{"pid":"a","offset":"b"}']],
  ["a namespace that is not there", ["40/admin,{}", "40/__proto__,{}", "40/constructor,"]],
  ["a namespace of 60,000 characters", [`40/${"n".repeat(60_000)},{}`]],
  ["many sign-ins at once", Array.from({ length: 200 }, () => SIGN_IN)],
  ["leaving before arriving", ["41", SIGN_IN]],
  ["leaving and coming again", [SIGN_IN, "41", SIGN_IN, event("presence:set")]],
  ["broken JSON", [SIGN_IN, '42["presence:set",{', "42", "42{}", "42[", "42null", '42"text"']],
  ["an event without name", [SIGN_IN, "42[]"]],
  ["names that are no strings", [SIGN_IN, "42[1,{}]", "421[null]", "422[{}]", "423[[]]", "424[true]"]],
  ["reserved names", [SIGN_IN, '42["connect"]', '42["disconnect"]']],
  [
    "more reserved names",
    [SIGN_IN, '42["error",{}]', '42["newListener",1]', '42["__proto__",{}]', '42["constructor"]'],
  ],
  ["acknowledgements nobody waits for", [SIGN_IN, "431[]", "43[]", "439007199254740993[1]", "43{}"]],
  ["a refusal in the wrong direction", [SIGN_IN, '44{"message":"x"}']],
  ["an id that is too large", [SIGN_IN, `42${"9".repeat(400)}["presence:set",{}]`]],
  ["a binary event without attachments", [SIGN_IN, '450-["presence:set",{}]']],
  [
    "a binary event that never ends",
    [SIGN_IN, '451-["presence:set",{"_placeholder":true,"num":0}]', event("presence:set")],
  ],
  ["a binary event without a count", [SIGN_IN, '45-["a"]', '45["a"]', "45"]],
  ["a huge count of attachments", [SIGN_IN, '45999999999-["a",{"_placeholder":true,"num":0}]']],
  ["a wrong count of attachments", [SIGN_IN, '45-1-["a"]', '451.5-["a"]', '451e9-["a"]', '45Infinity-["a"]']],
  ["a placeholder out of range", [SIGN_IN, '451-["a",{"_placeholder":true,"num":7}]', Buffer.from([1, 2, 3])]],
  ["a placeholder of a wrong kind", [SIGN_IN, '451-["a",{"_placeholder":true,"num":"__proto__"}]', Buffer.from([1])]],
  ["bytes in an event", [SIGN_IN, '451-1["presence:set",{"_placeholder":true,"num":0}]', Buffer.from([1, 2, 3])]],
  ["a binary acknowledgement", [SIGN_IN, '461-1[{"_placeholder":true,"num":0}]', Buffer.from([1])]],
  ["bytes that nobody announced", [SIGN_IN, Buffer.from([1, 2, 3])]],
  ["bytes before signing in", [Buffer.alloc(0), Buffer.alloc(1_000)]],
  ["a deep event", [SIGN_IN, `421["presence:set",${"[".repeat(30_000)}${"]".repeat(30_000)}]`]],
  ["a deep binary event", [SIGN_IN, `451-["a",${"[".repeat(30_000)}${"]".repeat(30_000)}]`, Buffer.from([1])]],
  ["a frame that is too large", [SIGN_IN, event("presence:set", `"${"x".repeat(100_000)}"`)]],
  ["a lone surrogate and NUL", [SIGN_IN, event("presence:set", '{"status":"\\ud800\\u0000"}')]],
];

describe("a malformed frame leaves the server alive", () => {
  it.each(frames)("%s", async (_case, sent) => {
    await sendFrames(sent);
    await expectAlive();
  });

  it("never takes two sockets on one connection", async () => {
    let opened = 0;
    server.bus.on("connectionOpened", () => (opened += 1));
    await sendFrames(Array.from({ length: 50 }, () => SIGN_IN));
    expect(opened).toBe(1);
  });
});

describe("a malformed request leaves the server alive", () => {
  const base = "/socket.io/?EIO=4&transport=polling";
  it.each([
    ["an unknown session", "GET", `${base}&sid=unknown`, undefined],
    ["a session named __proto__", "GET", `${base}&sid=__proto__`, undefined],
    ["a session named constructor", "POST", `${base}&sid=constructor`, "40"],
    ["bytes", "POST", base, Buffer.from([1, 2, 3])],
    ["a method that is not there", "DELETE", base, undefined],
    ["an unknown transport", "GET", "/socket.io/?EIO=4&transport=constructor", undefined],
    ["no transport", "GET", "/socket.io/?EIO=4", undefined],
    ["a transport given twice", "GET", `${base}&transport=websocket`, undefined],
    ["the old protocol", "GET", "/socket.io/?EIO=3&transport=polling", undefined],
  ])("%s", async (_case, method, path, body) => {
    const init = body === undefined ? { method } : { method, body };
    const response = await fetch(`${server.url}${path}`, init);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    await expectAlive();
  });

  it.each([
    ["bytes", Buffer.from([1, 2, 3]), "application/octet-stream"],
    ["too much", "4".repeat(100_000), "text/plain"],
    ["many packets", Array.from({ length: 20_000 }, () => "2").join("\u001e"), "text/plain"],
    ["broken base64", "b!!!!", "text/plain"],
    ["nothing", "", "text/plain"],
  ])("%s in a session", async (_case, body, type) => {
    const opening = await (await fetch(`${server.url}${base}`)).text();
    const { sid } = JSON.parse(opening.slice(1)) as { sid: string };
    const init = { method: "POST", body, headers: { "content-type": type } };
    await fetch(`${server.url}${base}&sid=${sid}`, init).catch(() => {});
    await expectAlive();
  });

  it.each(["DELETE", "PUT", "PATCH", "HEAD", "PROPFIND"])("the method %s in a session", async (method) => {
    const opening = await (await fetch(`${server.url}${base}`)).text();
    const { sid } = JSON.parse(opening.slice(1)) as { sid: string };
    expect((await fetch(`${server.url}${base}&sid=${sid}`, { method })).status).toBe(400);
    await expectAlive();
  });

  it.each(["sid=__proto__&EIO=4&transport=websocket", "EIO=3&transport=websocket", "EIO=4&transport=webtransport"])(
    "an upgrade with %s",
    async (query) => {
      await sendFrames([SIGN_IN], query);
      await expectAlive();
    },
  );

  it("forgets a connection that never signs in", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=websocket`);
    await new Promise((resolve) => socket.once("close", resolve));
    await expectAlive();
  });

  it("turns handshakes away when too many have not shown a token", async () => {
    await server.stop();
    server = await startRealtime({ limits: { pendingHandshakes: 3 } });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await fetch(`${server.url}${base}`)).status);
    expect(statuses).toEqual([200, 200, 200, 403, 403]);
  });

  it("lets pages of allowed origins poll with cookies, and no others", async () => {
    const ask = async (origin: string) => (await fetch(`${server.url}${base}`, { headers: { origin } })).headers;
    const allowed = await ask("https://shop.example");
    expect(allowed.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(allowed.get("access-control-allow-credentials")).toBe("true");
    expect((await ask("https://evil.example")).get("access-control-allow-origin")).toBeNull();
  });
});
