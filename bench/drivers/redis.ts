import { TcpConnection } from "../wire/tcp.ts";
import { digitsOf, type Driver, MARK, TEXT } from "./driver.ts";

const HEAD = /^\*1\r\n\*2\r\n\$\d+\r\n[^\r]+\r\n\*(\d+)\r\n/;
const ENTRY = new RegExp(
  String.raw`\$\d+\r\n(\d+-\d+)\r\n\*2\r\n\$1\r\nm\r\n\$\d+\r\n${MARK}([0-9a-f]{12})[^\r]*\r\n`,
  "g",
);

const command = (...words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;

/** Adds to the stream of the conversation on one connection, waits for what comes in on another one. */
export const connectRedis: Driver = async ({ url, conversation: { conversationId } }, hooks) => {
  const port = Number(new URL(url).port);
  const waiting: number[] = [];
  let answers = "";
  const writer = await TcpConnection.open(
    port,
    (bytes, length) => {
      answers += bytes.toString("latin1", 0, length);
      // An id, as "$15", a line end, the id, a line end; or an error on one line.
      for (let found = firstAnswer(answers); found !== null; found = firstAnswer(answers)) {
        hooks.onAnswer(waiting.shift() ?? 0, !found.startsWith("-"));
        answers = answers.slice(found.length);
      }
    },
    hooks.onClose,
  );
  await readForever(port, conversationId, hooks.onMessage, hooks.onClose);
  return (number) => {
    waiting.push(number);
    writer.write(command("XADD", conversationId, "*", "m", `${MARK}${digitsOf(number)}${TEXT}`));
  };
};

const firstAnswer = (text: string): string | null => /^(?:\$\d+\r\n[^\r]+\r\n|-[^\r]*\r\n)/.exec(text)?.[0] ?? null;

async function readForever(
  port: number,
  stream: string,
  onMessage: (number: number) => void,
  onClose: (error: Error) => void,
): Promise<void> {
  let rest = "";
  const askAfter = (id: string) => reader.write(command("XREAD", "COUNT", "100", "BLOCK", "0", "STREAMS", stream, id));
  const reader = await TcpConnection.open(
    port,
    (bytes, length) => {
      rest += bytes.toString("latin1", 0, length);
      const count = Number(HEAD.exec(rest)?.[1] ?? Number.POSITIVE_INFINITY);
      const entries = [...rest.matchAll(ENTRY)];
      if (entries.length < count) return;
      rest = "";
      askAfter(entries.at(-1)?.[1] ?? "0");
      for (const [, , digits = ""] of entries) onMessage(Number.parseInt(digits, 16));
    },
    onClose,
  );
  askAfter("0");
}
