import { openWebSocket, type TextSocket } from "../wire/web-socket.ts";
import { digitsOf, type Driver, type Hooks, readDigits, TEXT, watchOpening } from "./driver.ts";

const NEW_MESSAGE = Buffer.from('42["message:new"');
const ID_FIELD = Buffer.from('"clientMessageId":"');
const OK = Buffer.from('[{"ok":true');
/** Like a UUIDv7: the time first, the number of the message last. */
const now48 = Date.now().toString(16).padStart(12, "0");
const ID_PREFIX = `${now48.slice(0, 8)}-${now48.slice(8)}-7000-8000-`;
/** From the field to the last group of the UUID. */
const TO_NUMBER = ID_FIELD.length + ID_PREFIX.length;
const [ZERO, NINE, TWO, THREE, FOUR] = [0x30, 0x39, 0x32, 0x33, 0x34];

/**
 * A Socket.IO client that does only what the load needs: it speaks the protocol over a bare TCP connection and looks for
 * the few bytes it wants. On a small machine a full client would be measured more than the server.
 */
export const connectSocketIo: Driver = async ({ url, conversation, side }, hooks) => {
  const opening = watchOpening(hooks, "Socket.IO");
  const token = conversation.people[side]?.token;
  const target = { port: Number(new URL(url).port), path: "/socket.io/?EIO=4&transport=websocket" };
  const early: string[] = [];
  let socket: TextSocket | null = null;
  const send = (text: string) => (socket === null ? void early.push(text) : socket.send(text));
  const onPacket = (bytes: Buffer, from: number, to: number) => {
    const kind = bytes[from];
    if (kind === TWO) send("3");
    else if (kind === ZERO) send(`40${JSON.stringify({ token })}`);
    else if (kind === FOUR) readPacket(bytes, from, to, hooks, opening);
  };
  const opened = await openWebSocket(target, onPacket, opening.close);
  socket = opened;
  for (const text of early) opened.send(text);
  await opening.opened;
  const before = `["message:send",{"conversationId":"${conversation.conversationId}","clientMessageId":"${ID_PREFIX}`;
  const after = `","content":"${TEXT}"}]`;
  return (number) => opened.send(`42${number}${before}${digitsOf(number)}${after}`);
};

interface Opening {
  readonly admit: () => void;
  readonly close: (error: Error) => void;
}

function readPacket(bytes: Buffer, from: number, to: number, hooks: Hooks, { admit, close }: Opening): void {
  const kind = bytes[from + 1];
  if (kind === THREE) readAnswer(bytes, from + 2, to, hooks);
  else if (kind === TWO && standsAt(bytes, from, to, NEW_MESSAGE)) hooks.onMessage(readNumber(bytes, from, to));
  else if (kind === ZERO) admit();
  else if (kind === FOUR) close(new Error(`A connection was refused: ${bytes.toString("utf8", from, to)}`));
}

function readAnswer(bytes: Buffer, from: number, to: number, { onAnswer }: Hooks): void {
  let at = from;
  let number = 0;
  for (let digit = bytes[at] ?? 0; digit >= ZERO && digit <= NINE; digit = bytes[++at] ?? 0) {
    number = number * 10 + digit - ZERO;
  }
  onAnswer(number, standsAt(bytes, at, to, OK));
}

function standsAt(bytes: Buffer, at: number, to: number, wanted: Buffer): boolean {
  if (at + wanted.length > to) return false;
  for (let index = 0; index < wanted.length; index += 1) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

/** Where the field stood the last time: there it stands most often, and a search costs more than a look. */
let usualPlace = 0;

function readNumber(bytes: Buffer, from: number, to: number): number {
  if (!standsAt(bytes, from + usualPlace, to, ID_FIELD)) {
    const found = bytes.indexOf(ID_FIELD, from);
    if (found < 0 || found + TO_NUMBER + 12 > to) {
      throw new Error(`A message without its id: ${bytes.toString("utf8", from, to)}`);
    }
    usualPlace = found - from;
  }
  return readDigits(bytes, from + usualPlace + TO_NUMBER);
}
