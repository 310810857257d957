import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../faults/world/random.ts";
import type { FuzzWorld } from "./fuzz-world.ts";
import { packets, signIn } from "./packet-grammar.ts";
import { openRaw, type RawConnection } from "./raw-connection.ts";
import { fragments, frame, OPCODES, upgradeRequest } from "./websocket-frames.ts";

const GOOD_QUERY = "EIO=4&transport=websocket";
const QUERIES = [
  "EIO=3&transport=websocket",
  "EIO=4&transport=polling",
  "EIO=4&transport=webtransport",
  "EIO=4&transport=websocket&transport=polling",
  "EIO=4&transport=websocket&sid=unknown",
  "EIO=4&transport=websocket&sid=__proto__",
  "EIO=4&transport=websocket&sid=constructor",
  "EIO=4&transport=websocket&sid=a&sid=b",
  "EIO=4&transport=__proto__",
  "EIO[]=4&transport[x]=websocket",
  "",
];
const HEADERS = [
  "Sec-WebSocket-Version: 99",
  "Sec-WebSocket-Key: short",
  "Sec-WebSocket-Protocol: a, b, a, ,",
  "Sec-WebSocket-Protocol: \u0001",
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits="15"; x; permessage-deflate',
  `Sec-WebSocket-Extensions: ${"a;".repeat(2_000)}`,
  `Sec-WebSocket-Extensions: ${" ".repeat(5_000)}x`,
  "Origin: https://elsewhere.example",
  "Origin: https://shop.example",
  "Content-Length: 5",
  "Transfer-Encoding: chunked",
  "Upgrade: h2c",
  "Cookie: parley_token=%%%; __proto__=1",
];

/** A WebSocket that begins well, mostly, and then says all sorts of things. Resolves with all that came back. */
export async function playWebSocket({ server, ids, tokens }: FuzzWorld, random: Random): Promise<string> {
  const query = random.next() < 0.9 ? GOOD_QUERY : random.pick(QUERIES);
  const headers = random.next() < 0.1 ? [random.pick(HEADERS)] : [];
  const signsIn = random.next() < 0.85;
  const token = random.pick(tokens);
  const messages = Array.from({ length: Math.floor(random.between(1, 12)) }, () => packets(random, ids, tokens)).flat();
  const frames = messages.flatMap((message) => framesOf(message, random));
  const cut = random.next();
  const ending = random.next();
  const connection = await openRaw(server.port);
  await connection.write([upgradeRequest(query, headers)]);
  const answer = await connection.until((text) => text.includes("\r\n\r\n"), 5_000);
  if (answer.startsWith("HTTP/1.1 101")) {
    if (signsIn) {
      await connection.write([frame(signIn(token), { opcode: OPCODES.text })]);
      await connection.until((text) => text.includes('40{"sid"'), 5_000);
    }
    await writeCut(connection, Buffer.concat(frames), cut);
    await sleep(30);
  }
  await end(connection, ending);
  return connection.received();
}

/** In one piece, or cut where no frame ends. */
async function writeCut(connection: RawConnection, bytes: Buffer, cut: number): Promise<void> {
  if (cut < 0.7) return connection.write([bytes]);
  const size = Math.max(1, Math.ceil(bytes.length / (cut < 0.9 ? 7 : 60)));
  const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
  return connection.write(parts, 1);
}

async function end(connection: RawConnection, how: number): Promise<void> {
  if (how < 0.3) await connection.write([frame(Buffer.from([3, 232]), { opcode: OPCODES.close })]);
  else if (how < 0.5) connection.finish();
  if (how < 0.5) await connection.until(() => false, 50);
  connection.close();
}

function framesOf(message: string | Buffer, random: Random): Buffer[] {
  const opcode = typeof message === "string" ? OPCODES.text : OPCODES.binary;
  const chance = random.next();
  if (chance < 0.8) return [frame(message, { opcode })];
  if (chance < 0.86) return fragments(message, opcode, Math.floor(random.between(2, 20)));
  if (chance < 0.88) return fragments(message, opcode, 300);
  if (chance < 0.9) {
    const [first, ...rest] = fragments(message, opcode, 3);
    return [first ?? Buffer.alloc(0), frame("in between", { opcode: OPCODES.ping }), ...rest];
  }
  return [wrongFrame(message, opcode, random)];
}

function wrongFrame(message: string | Buffer, opcode: number, random: Random): Buffer {
  return random.pick([
    () => frame(message, { opcode, masked: false }),
    () => frame(message, { opcode, reserved: Math.floor(random.between(1, 8)) }),
    () => frame(message, { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
    () => frame(message, { opcode: OPCODES.continuation }),
    () => frame(message, { opcode, fin: false }),
    () => frame("x".repeat(126), { opcode: OPCODES.ping }),
    () => frame("x", { opcode: OPCODES.pong, fin: false }),
    () => frame(Buffer.from([0]), { opcode: OPCODES.close }),
    () => frame(Buffer.from([3, 237, 0xff, 0xfe]), { opcode: OPCODES.close }),
    () => frame(Buffer.from([0xff, 0xff]), { opcode: OPCODES.close }),
    () => frame(Buffer.from([0x34, 0x32, 0xc3, 0x28, 0xed, 0xa0, 0x80]), { opcode: OPCODES.text }),
    () => frame(message, { opcode, length: random.pick([65_537n, 1n << 31n, 1n << 40n, (1n << 64n) - 1n]) }),
  ])();
}
