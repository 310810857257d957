import WebSocket from "ws";

interface LeanSocketHandlers {
  /** An acknowledgement came in. */
  readonly onAnswer: (number: number, ok: boolean) => void;
  /** A `message:new` came in. */
  readonly onMessage: (clientMessageId: string) => void;
}

const ID_FIELD = '"clientMessageId":"';
const NEW_MESSAGE = '42["message:new"';
const CONNECT_WITHIN_MS = 20_000;

/**
 * A Socket.IO client that does only what the load needs: it speaks the protocol over a WebSocket and looks for the few
 * characters it wants instead of parsing JSON. On a small machine a full client would be measured more than the server.
 */
export function connectLean(
  url: string,
  token: string,
  { onAnswer, onMessage }: LeanSocketHandlers,
): Promise<(number: number, command: string, payload: string) => void> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("A connection was not admitted in time.")), CONNECT_WITHIN_MS);
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("A connection was closed.")));
    socket.on("message", (data: Buffer) => {
      const packet = data.toString();
      if (packet.startsWith("42")) {
        if (packet.startsWith(NEW_MESSAGE)) onMessage(readId(packet));
      } else if (packet.startsWith("43")) {
        onAnswer(Number.parseInt(packet.slice(2), 10), packet.includes('"ok":true'));
      } else if (packet === "2") {
        socket.send("3");
      } else if (packet.startsWith("0")) {
        socket.send(`40${JSON.stringify({ token })}`);
      } else if (packet.startsWith("40")) {
        clearTimeout(timer);
        resolve((number, command, payload) => socket.send(`42${number}["${command}",${payload}]`));
      } else if (packet.startsWith("44")) {
        reject(new Error(`A connection was refused: ${packet}`));
      }
    });
  });
}

function readId(packet: string): string {
  const from = packet.indexOf(ID_FIELD) + ID_FIELD.length;
  return packet.slice(from, packet.indexOf('"', from));
}
