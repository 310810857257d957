import { randomBytes } from "node:crypto";
import { TcpConnection, traffic } from "./tcp.ts";

/** The text of a frame stands in `bytes` from `from` to before `to`; it is overwritten after the call. */
export type OnText = (bytes: Buffer, from: number, to: number) => void;

export interface TextSocket {
  /** Characters up to U+00FF would be sent as one byte: ASCII only. */
  send(text: string): void;
  destroy(): void;
}

const TEXT = 1;
const PING = 9;
const PONG = 10;
const CLOSE = 8;
/** Masked, as clients must; masked with zeros, so that nothing has to be computed. */
const NO_MASK = "\0\0\0\0";
const NOTHING = Buffer.alloc(0);

/** Where a WebSocket is: after the HTTP upgrade it is frames only. */
interface Target {
  readonly port: number;
  readonly path: string;
  readonly protocol?: string;
}

/** Opens a WebSocket on loopback. Whole text frames only: no fragments, no binary, no compression. */
export async function openWebSocket(
  { port, path, protocol }: Target,
  onText: OnText,
  onClose: (error: Error) => void,
): Promise<TextSocket> {
  const reader = new FrameReader(onText, (frame) => tcp.write(frame), onClose);
  const tcp = await TcpConnection.open(
    port,
    (bytes, length) => reader.read(bytes, length),
    (error) => reader.close(error),
  );
  tcp.write(upgradeRequest(port, path, protocol));
  await reader.opened;
  return { send: (text) => tcp.write(frameOf(text)), destroy: () => tcp.destroy() };
}

const upgradeRequest = (port: number, path: string, protocol?: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    "\r\n",
  ].join("\r\n");

/** The frame of an ASCII text, as a string of bytes. */
function frameOf(text: string, opcode = TEXT): string {
  const { length } = text;
  const first = String.fromCharCode(0x80 | opcode);
  if (length < 126) return first + String.fromCharCode(0x80 | length) + NO_MASK + text;
  if (length >= 1 << 16) throw new Error("The bench sends no frame that long.");
  return first + String.fromCharCode(0x80 | 126, length >> 8, length & 255) + NO_MASK + text;
}

/** Takes the answer to the upgrade and then frames out of what comes in. */
class FrameReader {
  readonly opened: Promise<void>;
  readonly #onText: OnText;
  readonly #reply: (frame: string) => void;
  readonly #onClose: (error: Error) => void;
  #opening: { resolve: () => void; reject: (error: Error) => void } = { resolve: () => {}, reject: () => {} };
  #isOpen = false;
  /** What is not whole yet. */
  #rest = NOTHING;

  constructor(onText: OnText, reply: (frame: string) => void, onClose: (error: Error) => void) {
    this.opened = new Promise((resolve, reject) => (this.#opening = { resolve, reject }));
    this.#onText = onText;
    this.#reply = reply;
    this.#onClose = onClose;
  }

  close(error: Error): void {
    if (this.#isOpen) this.#onClose(error);
    else this.#opening.reject(error);
  }

  read(incoming: Buffer, incomingLength: number): void {
    const isWhole = this.#rest.length === 0;
    const bytes = isWhole ? incoming : Buffer.concat([this.#rest, incoming.subarray(0, incomingLength)]);
    const length = isWhole ? incomingLength : bytes.length;
    const at = this.#readFrames(bytes, this.#isOpen ? 0 : this.#readHead(bytes, length), length);
    this.#rest = at === length ? NOTHING : Buffer.from(bytes.subarray(at, length));
  }

  /** @returns where the first frame begins, 0 while the head is not whole */
  #readHead(bytes: Buffer, length: number): number {
    const end = bytes.subarray(0, length).indexOf("\r\n\r\n");
    if (end < 0) return 0;
    if (bytes.toString("latin1", 9, 12) === "101") {
      this.#isOpen = true;
      this.#opening.resolve();
    } else this.close(new Error(`A WebSocket was refused: ${bytes.toString("latin1", 0, length)}`));
    return end + 4;
  }

  /** Hands on every whole frame. @returns where the first one that is not whole begins */
  #readFrames(bytes: Buffer, start: number, length: number): number {
    let at = start;
    while (this.#isOpen && length - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 127;
      const from = at + headLength(short);
      if (from > length) return at;
      const to = from + sizeOf(bytes, at, short);
      if (to > length) return at;
      this.#take((bytes[at] ?? 0) & 15, bytes, from, to);
      at = to;
    }
    return at;
  }

  #take(opcode: number, bytes: Buffer, from: number, to: number): void {
    traffic.frames += 1;
    if (opcode === TEXT) this.#onText(bytes, from, to);
    else if (opcode === PING) this.#reply(frameOf(bytes.toString("latin1", from, to), PONG));
    else if (opcode === CLOSE) this.close(new Error(`Closed by the server: ${bytes.toString("utf8", from + 2, to)}`));
  }
}

function headLength(short: number): number {
  if (short < 126) return 2;
  return short === 126 ? 4 : 10;
}

function sizeOf(bytes: Buffer, at: number, short: number): number {
  if (short < 126) return short;
  return short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
}
