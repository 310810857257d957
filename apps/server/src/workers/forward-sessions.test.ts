import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forwardSessions } from "./forward-sessions.ts";

let folder: string;
let servers: Server[];
let closings: (() => void)[];

/** A worker that says which one it is. */
async function start(slot: number): Promise<number> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end(`worker ${slot}`));
  });
  servers.push(server);
  closings.push(await forwardSessions(server, { slot, folder }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** All that comes back for these lines until the other side closes. */
const say = (port: number, ...lines: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    socket.on("data", (chunk) => (heard += chunk.toString())).on("end", () => resolve(heard));
    socket.on("error", reject);
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-forward-"));
  [servers, closings] = [[], []];
});
afterEach(() => {
  for (const close of closings) close();
  for (const server of servers) server.close().closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

describe("a request of another worker's session", () => {
  it("gets to the worker that holds it", async () => {
    const [first] = [await start(0), await start(1)];
    const answer = await say(first, "GET /socket.io/?sid=1.abc HTTP/1.1", "Host: a", "Connection: close");
    expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*worker 1/);
  });

  it.each(["Trailer: X", "TE: trailers", "Expect: 100-continue", "Upgrade: h2c", "Keep-Alive: timeout=0"])(
    "does no harm with the header %s",
    async (header) => {
      const [first] = [await start(0), await start(1)];
      const lines = ["POST /socket.io/?sid=1.abc HTTP/1.1", "Host: a", "Content-Length: 0", header];
      expect(await say(first, ...lines, "Connection: close")).toContain("worker 1");
    },
  );

  it("is answered as unknown when that worker is not there", async () => {
    const first = await start(0);
    const answer = await say(first, "GET /socket.io/?sid=99.abc HTTP/1.1", "Host: a", "Connection: close");
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*Session ID unknown/);
  });

  it("is answered, too, when it is an upgrade: a connection closed in silence looks like a broken server", async () => {
    const first = await start(0);
    const lines = ["GET /socket.io/?sid=99.abc&transport=websocket HTTP/1.1", "Host: a"];
    const answer = await say(first, ...lines, "Connection: Upgrade", "Upgrade: websocket");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});
