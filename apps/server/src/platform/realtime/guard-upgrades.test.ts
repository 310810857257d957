import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Server as SocketServer } from "socket.io";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { guardUpgrades } from "./guard-upgrades.ts";

let server: Server;
let agent: Agent;
let slowMs: number;

beforeEach(async () => {
  slowMs = 0;
  server = createServer(async (incoming, response) => {
    const body = await text(incoming);
    await sleep(slowMs);
    response.end(JSON.stringify({ url: incoming.url, headers: incoming.headers, characters: body.length }));
  });
  server.maxHeadersCount = 100;
  guardUpgrades(server, "/socket.io");
  const sockets = new SocketServer({ destroyUpgrade: false });
  sockets.attach(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});
afterEach(() => {
  agent.destroy();
  server.close();
});

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string | string[]>;
}

/** A request as Java's client makes its first on a connection, unless other headers are given. */
function ask({
  path = "/api?x=1",
  method = "GET",
  body,
  headers = {},
}: Asked): Promise<{ status: number; body: string }> {
  const { port } = server.address() as AddressInfo;
  const offer = { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAMAAABkAARAAAAAAAIAAAAA" };
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, method, agent, headers: { ...offer, ...headers } }, (response) => {
      void text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
    });
    asked.on("error", reject).end(body);
  });
}

describe("an upgrade to what we do not speak", () => {
  it("is passed over, and the request answered, again and again on one connection", async () => {
    for (const characters of [3, 100_000, 0]) {
      const { status, body } = await ask({ method: "POST", body: "x".repeat(characters) });
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({ url: "/api?x=1", characters });
      expect(JSON.parse(body).headers).not.toHaveProperty("upgrade");
    }
  });

  it("leaves a body in pieces and all other headers as they came", async () => {
    const headers = { "transfer-encoding": "chunked", "x-name": "ü=1; b", cookie: "a=1; b=2" };
    const answer = JSON.parse((await ask({ method: "POST", body: "in pieces", headers })).body);
    expect(answer).toMatchObject({ characters: 9, headers });
  });

  it("may be answered slowly", async () => {
    slowMs = 1_300;
    expect((await ask({})).status).toBe(200);
  });

  it("is refused where headers may have been dropped, and where Engine.IO listens", async () => {
    const many = Object.fromEntries(Array.from({ length: 110 }, (_, n) => [`x-${n}`, "1"]));
    expect((await ask({ headers: many })).status).toBe(400);
    expect((await ask({ path: "/socket.io/?EIO=4&transport=polling" })).status).toBe(400);
  });

  it("is refused for a WebSocket at another address", async () => {
    expect((await ask({ headers: { upgrade: "websocket" } })).status).toBe(400);
  });
});
