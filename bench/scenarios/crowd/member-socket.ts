import { openWebSocket, type TextSocket } from "../../wire/web-socket.ts";

const [ZERO, ONE, TWO, THREE, FOUR] = [0x30, 0x31, 0x32, 0x33, 0x34];

/** A refusal of the server, with the time after which to come again. */
export class Refused extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super("The server refused a connection.");
    this.retryAfterMs = retryAfterMs;
  }
}

/** A lean Socket.IO connection: resolves when it was admitted, rejects with `Refused` or with what broke it. */
export async function openMemberSocket(
  port: number,
  token: string,
  onAnswer: (number: number) => void = () => {},
): Promise<TextSocket> {
  let socket: TextSocket | null = null;
  const early: string[] = [];
  const send = (text: string) => (socket === null ? void early.push(text) : socket.send(text));
  let settle: { admit: () => void; fail: (error: Error) => void } = { admit: () => {}, fail: () => {} };
  const admitted = new Promise<void>((resolve, reject) => {
    settle = { admit: resolve, fail: reject };
  });
  admitted.catch(() => {});
  const onText = (bytes: Buffer, from: number, to: number) => {
    const kind = bytes[from];
    if (kind === TWO) send("3");
    else if (kind === ZERO) send(`40${JSON.stringify({ token })}`);
    else if (kind === ONE) settle.fail(new Error("Closed by the server."));
    else if (kind === FOUR && bytes[from + 1] === THREE)
      onAnswer(Number.parseInt(bytes.toString("latin1", from + 2, to), 10));
    else if (kind === FOUR && bytes[from + 1] === ZERO) settle.admit();
    else if (kind === FOUR && bytes[from + 1] === FOUR) settle.fail(refusal(bytes.toString("utf8", from + 2, to)));
  };
  const path = "/socket.io/?EIO=4&transport=websocket";
  const opened = await openWebSocket({ port, path }, onText, settle.fail);
  socket = opened;
  for (const text of early) opened.send(text);
  try {
    await admitted;
    return opened;
  } catch (error) {
    opened.destroy();
    throw error;
  }
}

function refusal(body: string): Refused {
  const { data } = JSON.parse(body) as { data?: { retryAfterMs?: number } };
  return new Refused(data?.retryAfterMs ?? 0);
}
