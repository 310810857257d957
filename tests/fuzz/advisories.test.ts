import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chatAsUsual } from "./chat-as-usual.ts";
import { type FuzzWorld, openFuzzWorld } from "./fuzz-world.ts";
import { signIn } from "./packet-grammar.ts";
import { openRaw, type RawConnection } from "./raw-connection.ts";
import { fragments, frame, OPCODES, upgradeRequest } from "./websocket-frames.ts";

const MB = 1_024 * 1_024;
const POLLING = "/socket.io/?EIO=4&transport=polling";
const TEXT = { opcode: OPCODES.text };

/** Faults of the libraries below the sockets that became known, each tried on the server as it is deployed. */
describe("known faults of the libraries", () => {
  let world: FuzzWorld;
  const open: RawConnection[] = [];
  beforeAll(async () => {
    world = await openFuzzWorld(0);
  });
  afterEach(async () => {
    for (const connection of open.splice(0)) connection.close();
    if (/"level":(50|60)/.test(world.server.log())) throw new Error(world.server.log());
    await chatAsUsual(world);
  });
  afterAll(() => world?.stop());

  /** A WebSocket, signed in. */
  async function webSocket(): Promise<RawConnection> {
    const connection = await openRaw(world.server.port);
    open.push(connection);
    await connection.write([upgradeRequest("EIO=4&transport=websocket")]);
    await connection.until((text) => text.includes("\r\n\r\n"), 5_000);
    await connection.write([frame(signIn(world.tokens.at(open.length % 200)!), TEXT)]);
    expect(await connection.until((text) => text.includes('40{"sid"'), 5_000)).toContain('40{"sid"');
    return connection;
  }

  /** The server has said so, or hung up. ws waits half a minute for our own farewell. */
  const isClosed = (connection: RawConnection) => connection.isOver() || connection.received().includes("\u0088");

  /** Sends these frames, and waits until the server has closed the connection. */
  async function expectClosedAfter(frames: readonly Buffer[]): Promise<void> {
    const connection = await webSocket();
    await connection.write(frames);
    await connection.until(() => isClosed(connection), 5_000);
    expect(isClosed(connection)).toBe(true);
  }

  const held = async () => (await world.server.measure()).rss;
  const ask = (path: string, init: RequestInit = {}) => fetch(world.server.url + path, init);
  const session = async () => /"sid":"([^"]+)"/.exec(await (await ask(POLLING)).text())?.[1] ?? "";

  describe("socket.io-parser", () => {
    it("CVE-2026-69185: a binary packet without attachments keeps nothing", async () => {
      const connection = await webSocket();
      const before = await held();
      const event = frame(`450-["presence:set",{"status":"online","a":"${"x".repeat(20_000)}"}]`, TEXT);
      for (let n = 0; n < 20; n += 1) await connection.write(Array.from({ length: 50 }, () => event));
      await sleep(500);
      expect(((await held()) - before) / MB).toBeLessThan(48);
    });

    it.each(["51-", "451-", "4599999999999-", "451e9-", "45Infinity-", "4511-"])(
      "CVE-2026-33151: attachments %s that are only announced, or too many, end the connection or nothing",
      async (head) => {
        const connection = await webSocket();
        await connection.write([frame(`${head}["presence:set",{"_placeholder":true,"num":0}]`, TEXT)]);
        await connection.write(
          Array.from({ length: 100 }, () => frame(Buffer.alloc(1_000), { opcode: OPCODES.binary })),
        );
        await connection.write([frame('421["presence:set",{"status":"online"}]', TEXT)]);
        const isAnswered = () => connection.received().includes('431[{"ok":true');
        await connection.until(() => isAnswered() || isClosed(connection), 5_000);
        expect(isAnswered() || isClosed(connection)).toBe(true);
      },
    );

    it("CVE-2022-2421, CVE-2023-32695: placeholders and event names that are no such things end the connection", async () => {
      const bytes = frame(Buffer.alloc(4), { opcode: OPCODES.binary });
      for (const packet of [
        '451-["presence:set",{"_placeholder":true,"num":"splice"}]',
        '451-["presence:set",{"_placeholder":true,"num":-1}]',
        '451-[{"toString":"x"},{"_placeholder":true,"num":0}]',
        '42[{"toString":"x"},{}]',
        '42["disconnect",{}]',
      ]) {
        await expectClosedAfter([frame(packet, TEXT), bytes]);
      }
    });

    it("CVE-2020-36049: a packet of many parts costs no more than its size", async () => {
      const connection = await webSocket();
      const startedAt = performance.now();
      await connection.write([frame(`42["presence:set",${"[".repeat(30_000)}${"]".repeat(30_000)}]`, TEXT)]);
      await connection.write([frame(`42/${",".repeat(60_000)}`, TEXT), frame(`42${"9".repeat(60_000)}`, TEXT)]);
      await connection.until(() => false, 2_000);
      await ask("/healthz");
      expect(performance.now() - startedAt).toBeLessThan(8_000);
    });
  });

  describe("ws", () => {
    it("CVE-2026-62389: fragments without an end are cut off", async () => {
      const never = Array.from({ length: 200 }, (_, n) =>
        frame("x".repeat(1_000), { opcode: n === 0 ? OPCODES.text : OPCODES.continuation, fin: false }),
      );
      await expectClosedAfter(never);
    });

    it("CVE-2026-48779: tiny and empty fragments take no memory", async () => {
      const connections = await Promise.all(Array.from({ length: 10 }, webSocket));
      const before = await held();
      const empty = frame("", { opcode: OPCODES.continuation, fin: false });
      for (const connection of connections) {
        await connection.write([frame("4", { ...TEXT, fin: false })]);
        const thousand = Buffer.concat(Array.from({ length: 1_000 }, () => empty));
        for (let n = 0; n < 60; n += 1) await connection.write([thousand]);
        const tiny = Buffer.concat(fragments("y".repeat(60_000), OPCODES.continuation, 60_000).slice(0, -1));
        await connection.write([tiny]);
      }
      await sleep(1_500);
      expect(((await held()) - before) / MB).toBeLessThan(48);
    });

    it("CVE-2026-45736: no frame brings memory of others back", async () => {
      const connection = await webSocket();
      await connection.write([frame(Buffer.alloc(0), { opcode: OPCODES.ping })]);
      await connection.write([frame("echo", { opcode: OPCODES.ping })]);
      await connection.until((text) => text.includes("\u008a\u0004echo"), 2_000);
      const pongs = connection.received().split("\u008a").slice(1);
      expect(pongs).toEqual(["\u0000", "\u0004echo"]);
      // The reason of a close comes back as it was sent, or not at all.
      await connection.write([frame(Buffer.from([3, 232, 111, 107]), { opcode: OPCODES.close })]);
      await connection.until(() => false, 2_000);
      expect(["\u0002\u0003\u00e8", "\u0004\u0003\u00e8ok"]).toContain(connection.received().split("\u0088").at(-1));
    });

    it("CVE-2024-37890: more headers than are counted do not end the process", async () => {
      for (const count of [99, 101, 1_000, 2_000]) {
        const connection = await openRaw(world.server.port);
        open.push(connection);
        const headers = Array.from({ length: count }, (_, n) => `X-${n}: 1`);
        await connection.write([upgradeRequest("EIO=4&transport=websocket", headers)]);
        expect(await connection.until((text) => text.includes("\r\n"), 5_000)).toMatch(/^HTTP\/1\.1 (101|4\d\d) /);
      }
    });

    it("CVE-2021-32640: headers of many blanks and commas are read in no time", async () => {
      for (const header of [
        `Sec-WebSocket-Protocol: a${" ".repeat(12_000)}b`,
        `Sec-WebSocket-Extensions: a${" ".repeat(6_000)}b;${" ".repeat(6_000)}`,
        `Sec-WebSocket-Extensions: ${"permessage-deflate,".repeat(600)}`,
      ]) {
        const connection = await openRaw(world.server.port);
        open.push(connection);
        const startedAt = performance.now();
        await connection.write([upgradeRequest("EIO=4&transport=websocket", [header])]);
        await connection.until((text) => text.includes("\r\n"), 5_000);
        expect(performance.now() - startedAt).toBeLessThan(2_000);
      }
    });
  });

  describe("engine.io", () => {
    it("CVE-2026-59725: bytes posted to a polling session leave no connection behind", async () => {
      const resourcesBefore = (await world.server.measure()).resources["TCPSocketWrap"] ?? 0;
      for (let n = 0; n < 30; n += 1) {
        const connection = await openRaw(world.server.port);
        const sid = await session();
        const head = `POST ${POLLING}&sid=${sid} HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: 3\r\n`;
        await connection.write([`${head}Connection: close\r\n\r\nabc`]);
        expect(await connection.until(() => false, 5_000)).toMatch(/^HTTP\/1\.1 400 /);
        expect(connection.isOver()).toBe(true);
        connection.close();
      }
      await sleep(300);
      const { resources } = await world.server.measure();
      expect(resources["TCPSocketWrap"] ?? 0).toBeLessThanOrEqual(resourcesBefore + 1);
    });

    it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
      "CVE-2026-59724, CVE-2026-102600: no session is named %s",
      async (sid) => {
        expect((await ask(`${POLLING}&sid=${sid}`)).status).toBe(400);
        expect((await ask(`${POLLING}&sid=${sid}`, { method: "POST", body: "40" })).status).toBe(400);
        for (const transport of ["websocket", "webtransport", "__proto__"]) {
          const connection = await openRaw(world.server.port);
          open.push(connection);
          await connection.write([upgradeRequest(`EIO=4&transport=${transport}&sid=${sid}`)]);
          expect(await connection.until(() => false, 3_000)).not.toContain("101 Switching");
        }
      },
    );

    it("CVE-2022-41940, CVE-2023-31125: a request that breaks off, or upgrades twice, raises nothing", async () => {
      const sid = await session();
      const query = `EIO=4&transport=websocket&sid=${sid}`;
      const [first, second] = await Promise.all([openRaw(world.server.port), openRaw(world.server.port)]);
      open.push(first, second);
      await Promise.all([first.write([upgradeRequest(query)]), second.write([upgradeRequest(query)])]);
      await Promise.all([first, second].map((one) => one.write([frame("2probe", TEXT), frame("5", TEXT)])));
      for (const cut of [10, 60, 200]) {
        const connection = await openRaw(world.server.port);
        await connection.write([upgradeRequest("EIO=4&transport=websocket").slice(0, cut)]);
        connection.close();
      }
      const wrong = await openRaw(world.server.port);
      open.push(wrong);
      await wrong.write([upgradeRequest("EIO=4&transport=websocket&EIO=4&transport=polling")]);
      await wrong.until(() => false, 1_000);
    });

    it("CVE-2020-36048: a body larger than a frame may be is refused while it comes", async () => {
      const before = await held();
      const body = "4".repeat(2 * MB);
      for (let n = 0; n < 10; n += 1) {
        const sent = ask(`${POLLING}&sid=${await session()}`, {
          method: "POST",
          body,
          headers: { "content-type": "text/plain" },
        });
        expect((await sent.catch(() => ({ status: 413 }))).status).toBe(413);
      }
      expect(((await held()) - before) / MB).toBeLessThan(32);
    });

    it("CVE-2020-28481: pages of other origins may read nothing", async () => {
      const headers = { origin: "https://evil.example" };
      for (const path of [POLLING, "/api/session", "/healthz"]) {
        const answer = await ask(path, { headers });
        expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      }
      const preflight = await ask(POLLING, {
        method: "OPTIONS",
        headers: { ...headers, "access-control-request-method": "POST" },
      });
      expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    });
  });

  describe("socket.io", () => {
    it("CVE-2024-38355: an event named error ends no process", async () => {
      for (const event of ['42["error",{}]', '421["error","x"]', '42["error"]', '44{"message":"x"}']) {
        const connection = await webSocket();
        await connection.write([frame(event, TEXT)]);
        await connection.until(() => false, 200);
      }
    });
  });

  describe("HTTP", () => {
    it.each([
      ["Origin", `https://${"a.".repeat(7_000)}`],
      ["Origin", "http://".repeat(2_000)],
      ["Accept", `text/html;${" ".repeat(12_000)}q`],
      ["Accept", "text/html,".repeat(1_400)],
      ["Cookie", `a=${" ".repeat(14_000)};`],
      ["Cookie", "a=%E0%A4%A;".repeat(1_200)],
      ["Content-Type", `application/json;${" ".repeat(12_000)}x`],
      ["Authorization", `Bearer ${" ".repeat(14_000)}`],
      ["Range", `bytes=${"0-1,".repeat(3_000)}`],
      ["If-None-Match", 'W/"a",'.repeat(2_000)],
    ])("reads a long %s in no time", async (name, value) => {
      for (const path of ["/api/session", "/", "/socket.io/?EIO=4&transport=polling"]) {
        const connection = await openRaw(world.server.port);
        open.push(connection);
        const startedAt = performance.now();
        await connection.write([`GET ${path} HTTP/1.1\r\nHost: a\r\n${name}: ${value}\r\nConnection: close\r\n\r\n`]);
        expect(await connection.until((text) => text.includes("\r\n"), 5_000)).toMatch(/^HTTP\/1\.1 [234]\d\d /);
        expect(performance.now() - startedAt).toBeLessThan(2_000);
      }
    });

    it.each(["/nowhere", "/socket.io/?EIO=4&transport=websocket", "/socket.io/?EIO=9"])(
      "an upgrade to %s behind other requests, whose client hangs up, ends no process",
      async (path) => {
        const slow = "GET /api/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n";
        const upgrade = `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
        for (let n = 0; n < 40; n += 1) {
          const connection = await openRaw(world.server.port);
          await connection.write([slow.repeat(1 + (n % 5)) + upgrade + slow]);
          await sleep(n % 8);
          connection.reset();
        }
        await sleep(200);
        expect(world.server.ended()).toBeNull();
        expect((await ask("/healthz")).status).toBe(200);
      },
    );

    it("an upgrade that nobody takes leaves no connection behind", async () => {
      const before = (await world.server.measure()).resources["TCPSocketWrap"] ?? 0;
      const answered = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
      for (const path of ["/nowhere", "/api/session", "/socket.io/?EIO=9"]) {
        for (const earlier of ["", answered]) {
          const connection = await openRaw(world.server.port);
          await connection.write([
            `${earlier}GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
          ]);
          await connection.until(() => false, 3_000);
          connection.close();
        }
      }
      await sleep(500);
      expect((await world.server.measure()).resources["TCPSocketWrap"] ?? 0).toBeLessThanOrEqual(before);
    });

    it("what is no HTTP leaves no connection behind, although its client stays", async () => {
      const before = (await world.server.measure()).resources["TCPSocketWrap"] ?? 0;
      const answered = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      for (const garbage of [
        "\u0000\r\n\r\n",
        `${answered}X`,
        "GET / HTTP/9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      ]) {
        const connection = await openRaw(world.server.port);
        open.push(connection);
        await connection.write([garbage]);
      }
      await sleep(2_500);
      expect((await world.server.measure()).resources["TCPSocketWrap"] ?? 0).toBeLessThanOrEqual(before);
    });

    it("refuses more headers than it can hold, and lets slow ones wait without holding up others", async () => {
      const slow = await Promise.all(Array.from({ length: 200 }, () => openRaw(world.server.port)));
      open.push(...slow);
      await Promise.all(slow.map((one) => one.write(["GET /healthz HTTP/1.1\r\nX-A: b"])));
      expect((await ask("/healthz")).status).toBe(200);
      const large = await openRaw(world.server.port);
      open.push(large);
      await large.write([`GET /healthz HTTP/1.1\r\nHost: a\r\n${"X-A: b\r\n".repeat(5_000)}\r\n`]);
      expect(await large.until((text) => text.includes("\r\n"), 5_000)).toMatch(/^HTTP\/1\.1 4(13|31) /);
    });
  });
});
