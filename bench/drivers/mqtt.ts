import { TcpConnection } from "../wire/tcp.ts";
import { digitsOf, type Driver, type Hooks, MARK, readDigits, TEXT, watchOpening } from "./driver.ts";

const [CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK] = [0x10, 0x20, 0x32, 0x40, 0x82, 0x90];
const KEEP_ALIVE_SECONDS = 3_600;
const NOTHING = Buffer.alloc(0);

const chars = (...bytes: readonly number[]): string => String.fromCharCode(...bytes);
const twoBytes = (value: number): string => chars(value >> 8, value & 255);
const field = (text: string): string => twoBytes(text.length) + text;

function packet(kind: number, body: string): string {
  let head = chars(kind);
  let left = body.length;
  do {
    const low = left % 128;
    left = Math.floor(left / 128);
    head += chars(left > 0 ? low | 128 : low);
  } while (left > 0);
  return head + body;
}

/** MQTT 3.1.1 with QoS 1: a message is answered by PUBACK, and what comes in is acknowledged. */
export const connectMqtt: Driver = async ({ url, conversation, side }, hooks) => {
  const topic = field(conversation.conversationId);
  const opening = watchOpening(hooks, "MQTT");
  const numbers = new Map<number, number>();
  const take = (kind: number, bytes: Buffer, from: number) => {
    if (kind === PUBACK) answer(numbers, bytes.readUInt16BE(from), hooks);
    else if ((kind & 0xf0) === (PUBLISH & 0xf0)) {
      const id = from + 2 + bytes.readUInt16BE(from);
      tcp.write(packet(PUBACK, twoBytes(bytes.readUInt16BE(id))));
      hooks.onMessage(readDigits(bytes, id + 2 + MARK.length));
    } else if (kind === CONNACK) tcp.write(packet(SUBSCRIBE, twoBytes(1) + topic + chars(1)));
    else if (kind === SUBACK) opening.admit();
  };
  let rest: Buffer = NOTHING;
  const tcp = await TcpConnection.open(
    Number(new URL(url).port),
    (incoming, length) => {
      const bytes = Buffer.concat([rest, incoming.subarray(0, length)]);
      rest = bytes.subarray(readPackets(bytes, take));
    },
    opening.close,
  );
  const name = field(conversation.people[side]?.id ?? "");
  tcp.write(packet(CONNECT, `${field("MQTT")}${chars(4, 2)}${twoBytes(KEEP_ALIVE_SECONDS)}${name}`));
  await opening.opened;
  let next = 1;
  return (number) => {
    next = (next % 65_535) + 1;
    numbers.set(next, number);
    tcp.write(packet(PUBLISH, topic + twoBytes(next) + MARK + digitsOf(number) + TEXT));
  };
};

function answer(numbers: Map<number, number>, id: number, { onAnswer }: Hooks): void {
  const number = numbers.get(id);
  numbers.delete(id);
  if (number !== undefined) onAnswer(number, true);
}

/** Hands on every whole packet: its first byte, and where its body begins. @returns where the first one that is not whole begins */
function readPackets(bytes: Buffer, take: (kind: number, bytes: Buffer, from: number) => void): number {
  let at = 0;
  while (bytes.length - at >= 2) {
    let from = at + 1;
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const digit = bytes[from];
      if (digit === undefined) return at;
      from += 1;
      size += (digit & 127) << shift;
      if (digit < 128) break;
    }
    if (from + size > bytes.length) return at;
    take(bytes[at] ?? 0, bytes, from);
    at = from + size;
  }
  return at;
}
