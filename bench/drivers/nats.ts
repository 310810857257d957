import { TcpConnection } from "../wire/tcp.ts";
import { digitsOf, type Driver, type Hooks, MARK, TEXT, watchOpening } from "./driver.ts";

const [CONVERSATION, INBOX] = ["1", "2"];

/** Publishes with a reply subject of its own, which JetStream answers; hears the conversation by a plain subscription. */
export const connectNats: Driver = async ({ url, conversation, side }, hooks) => {
  const inbox = `inbox.${conversation.people[side]?.id}`;
  const subject = `chat.${conversation.conversationId}`;
  const opening = watchOpening(hooks, "NATS");
  let rest = "";
  const tcp = await TcpConnection.open(
    Number(new URL(url).port),
    (bytes, length) => {
      rest += bytes.toString("latin1", 0, length);
      for (let taken = takeOne(rest, hooks); taken !== null; taken = takeOne(rest, hooks)) {
        if (taken.startsWith("PING")) tcp.write("PONG\r\n");
        else if (taken.startsWith("PONG")) opening.admit();
        else if (taken.startsWith("-ERR")) opening.close(new Error(taken));
        rest = rest.slice(taken.length);
      }
    },
    opening.close,
  );
  tcp.write(
    `CONNECT {"verbose":false,"pedantic":false}\r\nSUB ${subject} ${CONVERSATION}\r\nSUB ${inbox}.* ${INBOX}\r\nPING\r\n`,
  );
  await opening.opened;
  const size = MARK.length + 12 + TEXT.length;
  return (number) => {
    const digits = digitsOf(number);
    tcp.write(`PUB ${subject} ${inbox}.${digits} ${size}\r\n${MARK}${digits}${TEXT}\r\n`);
  };
};

/** @returns the first whole thing that the server said, null while there is none; messages are handed on */
function takeOne(text: string, hooks: Hooks): string | null {
  const end = text.indexOf("\r\n");
  if (end < 0) return null;
  const head = text.slice(0, end);
  if (!head.startsWith("MSG ")) return text.slice(0, end + 2);
  const [, subject = "", subscription, ...others] = head.split(" ");
  const from = end + 2;
  const to = from + Number(others.at(-1));
  if (text.length < to + 2) return null;
  if (subscription === INBOX) {
    hooks.onAnswer(Number.parseInt(subject.slice(-12), 16), text.slice(from, to).includes('"seq"'));
  } else {
    const begin = from + MARK.length;
    hooks.onMessage(Number.parseInt(text.slice(begin, begin + 12), 16));
  }
  return text.slice(0, to + 2);
}
