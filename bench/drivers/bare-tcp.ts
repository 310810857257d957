import { TcpConnection } from "../wire/tcp.ts";
import { digitsOf, type Driver, readDigits, TEXT, watchOpening } from "./driver.ts";

/** What the floor of bare TCP (bench/tcp-server.ts) sends back to everybody of the group: digits, text, end of line. */
const LINE_LENGTH = 12 + TEXT.length + 1;

/** A line is a message; its own copy is the sender's answer. Lines are equally long, so nothing has to be looked for. */
export const connectBareTcp: Driver = async ({ url, conversation }, hooks) => {
  const opening = watchOpening(hooks, "TCP");
  const mine = new Set<number>();
  let rest: Buffer = Buffer.alloc(0);
  const onLine = (bytes: Buffer, at: number) => {
    const number = readDigits(bytes, at);
    if (mine.delete(number)) hooks.onAnswer(number, true);
    else hooks.onMessage(number);
  };
  const tcp = await TcpConnection.open(
    Number(new URL(url).port),
    (incoming, length) => {
      const bytes = rest.length === 0 ? incoming : Buffer.concat([rest, incoming.subarray(0, length)]);
      const end = rest.length === 0 ? length : bytes.length;
      let at = 0;
      for (; end - at >= LINE_LENGTH; at += LINE_LENGTH) onLine(bytes, at);
      rest = Buffer.from(bytes.subarray(at, end));
    },
    opening.close,
  );
  tcp.write(`${conversation.conversationId}\n`);
  opening.admit();
  await opening.opened;
  return (number) => {
    mine.add(number);
    tcp.write(`${digitsOf(number)}${TEXT}\n`);
  };
};
