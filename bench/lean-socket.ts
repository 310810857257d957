import { openWebSocket, type TextSocket } from "./wire/web-socket.ts";

interface LeanSocketHandlers {
  /** An acknowledgement came in. */
  readonly onAnswer: (number: number, ok: boolean) => void;
  /** A `message:new` came in; the number is the last group of its clientMessageId. */
  readonly onMessage: (number: number) => void;
  /** The connection ended after it had been admitted. */
  readonly onClose: (error: Error) => void;
}

export interface LeanSocket {
  /** @param number under which the answer comes */
  command(number: number, name: string, payload: string): void;
  destroy(): void;
}

const NEW_MESSAGE = Buffer.from('42["message:new"');
const ID_FIELD = Buffer.from('"clientMessageId":"');
const OK = Buffer.from('[{"ok":true');
/** From the field to the last group of the UUID. */
const TO_NUMBER = ID_FIELD.length + "00000000-0000-7000-8000-".length;
const CONNECT_WITHIN_MS = 20_000;
const [ZERO, NINE, TWO, THREE, FOUR] = [0x30, 0x39, 0x32, 0x33, 0x34];
const LETTERS = 0x61 - 10;

/**
 * A Socket.IO client that does only what the load needs: it speaks the protocol over a bare TCP connection and looks for
 * the few bytes it wants. On a small machine a full client would be measured more than the server.
 */
export async function connectLean(url: string, token: string, handlers: LeanSocketHandlers): Promise<LeanSocket> {
  let admitted = () => {};
  let refused: (error: Error) => void = () => {};
  const admission = new Promise<void>((resolve, reject) => {
    admitted = resolve;
    refused = reject;
  });
  let isAdmitted = false;
  const timer = setTimeout(() => refused(new Error("A connection was not admitted in time.")), CONNECT_WITHIN_MS);
  const target = { port: Number(new URL(url).port), path: "/socket.io/?EIO=4&transport=websocket" };
  let socket: TextSocket | null = null;
  const waiting: string[] = [];
  const send = (text: string) => (socket === null ? void waiting.push(text) : socket.send(text));
  const onPacket = (bytes: Buffer, from: number, to: number) => {
    const kind = bytes[from];
    if (kind === TWO) send("3");
    else if (kind === ZERO) send(`40${JSON.stringify({ token })}`);
    else if (kind === FOUR && bytes[from + 1] === ZERO) {
      isAdmitted = true;
      admitted();
    } else if (kind === FOUR && bytes[from + 1] === FOUR) {
      refused(new Error(`A connection was refused: ${bytes.toString("utf8", from, to)}`));
    } else readPacket(bytes, from, to, handlers);
  };
  const onClose = (error: Error) => (isAdmitted ? handlers.onClose(error) : refused(error));
  try {
    socket = await openWebSocket(target, onPacket, onClose);
    for (const text of waiting) socket.send(text);
    await admission;
  } finally {
    clearTimeout(timer);
  }
  const { send: write, destroy } = socket;
  return { command: (number, name, payload) => write(`42${number}["${name}",${payload}]`), destroy };
}

function readPacket(bytes: Buffer, from: number, to: number, { onAnswer, onMessage }: LeanSocketHandlers): void {
  const kind = bytes[from + 1];
  if (bytes[from] !== FOUR) return;
  if (kind === THREE) {
    let at = from + 2;
    let number = 0;
    for (let digit = bytes[at] ?? 0; digit >= ZERO && digit <= NINE; digit = bytes[++at] ?? 0) {
      number = number * 10 + digit - ZERO;
    }
    onAnswer(number, standsAt(bytes, at, to, OK));
  } else if (kind === TWO && standsAt(bytes, from, to, NEW_MESSAGE)) {
    const number = readNumber(bytes, from, to);
    if (number === null) throw new Error(`A message without its id: ${bytes.toString("utf8", from, to)}`);
    onMessage(number);
  }
}

function standsAt(bytes: Buffer, at: number, to: number, wanted: Buffer): boolean {
  if (at + wanted.length > to) return false;
  for (let index = 0; index < wanted.length; index += 1) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

/** Where the field stood the last time: there it stands most often, and a search costs more than a look. */
let usualPlace = 0;

/** Reads the hexadecimal digits of the last group of the clientMessageId. */
function readNumber(bytes: Buffer, from: number, to: number): number | null {
  if (!standsAt(bytes, from + usualPlace, to, ID_FIELD)) {
    const found = bytes.indexOf(ID_FIELD, from);
    if (found < 0 || found + TO_NUMBER + 12 > to) return null;
    usualPlace = found - from;
  }
  const begin = from + usualPlace + TO_NUMBER;
  let number = 0;
  for (let at = begin; at < begin + 12; at += 1) {
    const digit = bytes[at] ?? 0;
    number = number * 16 + (digit <= NINE ? digit - ZERO : digit - LETTERS);
  }
  return number;
}
