import { randomBytes } from "node:crypto";

export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

interface FrameOptions {
  opcode: number;
  /** The last frame of its message. */
  fin?: boolean;
  /** Bits that only extensions may set, 0 to 7. */
  reserved?: number;
  /** Clients must mask. */
  masked?: boolean;
  /** What the header says, when it lies. */
  length?: bigint;
}

/** One frame as a client sends it, or as none should. */
export function frame(payload: Buffer | string, options: FrameOptions): Buffer {
  const { opcode, fin = true, reserved = 0, masked = true, length } = options;
  const body = Buffer.from(payload as string);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = masked ? randomBytes(4) : Buffer.alloc(0);
  const sent = masked ? Buffer.from(body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))) : body;
  return Buffer.concat([Buffer.from([first]), lengthBytes(length ?? BigInt(body.length), masked), mask, sent]);
}

function lengthBytes(length: bigint, masked: boolean): Buffer {
  const bit = masked ? 0x80 : 0;
  if (length < 126n) return Buffer.from([bit | Number(length)]);
  if (length < 65_536n) {
    const bytes = Buffer.from([bit | 126, 0, 0]);
    bytes.writeUInt16BE(Number(length), 1);
    return bytes;
  }
  const bytes = Buffer.from([bit | 127, ...Array.from({ length: 8 }, () => 0)]);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, length), 1);
  return bytes;
}

/** A message in so many frames. */
export function fragments(payload: Buffer | string, opcode: number, count: number): Buffer[] {
  const body = Buffer.from(payload as string);
  const size = Math.max(1, Math.ceil(body.length / count));
  return Array.from({ length: count }, (_, n) =>
    frame(body.subarray(n * size, (n + 1) * size), {
      opcode: n === 0 ? opcode : OPCODES.continuation,
      fin: n === count - 1,
    }),
  );
}

/** The request that asks for a WebSocket. */
export const upgradeRequest = (query: string, headers: readonly string[] = []): string =>
  [
    `GET /socket.io/?${query} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
    "",
    "",
  ].join("\r\n");
