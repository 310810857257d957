import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type Socket } from "socket.io";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { SmallSocket } from "./small-socket.ts";

/** As in a page: an error that nobody listens to is no crash. */
class PageWebSocket extends WebSocket {
  constructor(address: string) {
    super(address);
    this.on("error", () => {});
  }
}

/** A busy machine takes its time. */
vi.setConfig({ testTimeout: 30_000 });

let http: HttpServer;
let server: Server;
let url: string;
let client: SmallSocket | null = null;
beforeEach(async () => {
  vi.stubGlobal("WebSocket", PageWebSocket);
  vi.stubGlobal("navigator", { onLine: true });
  http = createServer();
  // Asks often, and waits long: the machine may be busy.
  server = new Server(http, { pingInterval: 100, pingTimeout: 20_000 });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  client?.disconnect();
  await server.close();
  vi.unstubAllGlobals();
});

const open = () => {
  client = new SmallSocket(url, { auth: { token: "ana's" }, timeout: 10_000, withCredentials: false });
  return client;
};
const heard = (socket: SmallSocket, name: "connect" | "connect_error" | "disconnect") =>
  new Promise<unknown>((resolve) => socket.on(name, resolve));
const joined = () => new Promise<Socket>((resolve) => server.once("connection", resolve));

it("connects with a token, and speaks events and acknowledgements with a real server", async () => {
  const arrives = joined();
  const socket = open();
  await heard(socket, "connect");
  const there = await arrives;
  expect(there.handshake.auth).toEqual({ token: "ana's" });
  expect(socket.connected).toBe(true);
  there.on("message:send", (input: unknown, answer: (value: unknown) => void) => answer({ ok: true, input }));
  const answers = await Promise.all(
    [1, 2].map((n) => new Promise((resolve) => socket.emit("message:send", { n, text: "Grüße [1]" }, resolve))),
  );
  expect(answers).toEqual([1, 2].map((n) => ({ ok: true, input: { n, text: "Grüße [1]" } })));
  const told = new Promise((resolve) => socket.onAny((name, payload) => resolve([name, payload])));
  there.emit("message:new", { seq: 3 });
  expect(await told).toEqual(["message:new", { seq: 3 }]);
});

it("answers the server's heartbeat, so that it stays", async () => {
  const arrives = joined();
  const socket = open();
  await heard(socket, "connect");
  const { conn } = await arrives;
  for (let n = 1; n <= 3; n += 1) await new Promise((resolve) => conn.once("heartbeat", resolve));
  expect(socket.connected).toBe(true);
  expect(server.engine.clientsCount).toBe(1);
});

it("hands on why the server refused it", async () => {
  server.use((_socket, next) => next(Object.assign(new Error("no"), { data: { code: "token_expired" } })));
  expect(await heard(open(), "connect_error")).toMatchObject({ message: "no", data: { code: "token_expired" } });
});

it("notices when the server ends it", async () => {
  const arrives = joined();
  const socket = open();
  await heard(socket, "connect");
  const ended = heard(socket, "disconnect");
  (await arrives).disconnect(true);
  await ended;
  expect(socket.connected).toBe(false);
});

it("notices when the server falls silent", async () => {
  const mute = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  mute.on("connection", (peer) => {
    peer.send('0{"pingInterval":100,"pingTimeout":100}');
    peer.send('40{"sid":"x"}');
  });
  await new Promise((resolve) => mute.once("listening", resolve));
  url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  const socket = open();
  const silent = heard(socket, "disconnect");
  await heard(socket, "connect");
  await silent;
  expect(socket.connected).toBe(false);
  mute.close();
});

it("takes long polling where no WebSocket can be had", async () => {
  vi.stubGlobal(
    "WebSocket",
    class extends PageWebSocket {
      constructor() {
        super("ws://127.0.0.1:9/");
      }
    },
  );
  const arrives = joined();
  const socket = open();
  await heard(socket, "connect");
  const there = await arrives;
  expect(there.conn.transport.name).toBe("polling");
  there.on("ask", (_input: unknown, answer: (value: unknown) => void) => answer("yes"));
  expect(await new Promise((resolve) => socket.emit("ask", {}, resolve))).toBe("yes");
});

it("says that it failed when there is no network at all", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  await server.close();
  expect(await heard(open(), "connect_error")).toBeInstanceOf(Error);
});
