import { TcpConnection } from "./tcp.ts";

const NOTHING = Buffer.alloc(0);
const HEAD_END = Buffer.from("\r\n\r\n");

/**
 * An HTTP/1.1 connection that stays: requests go out at once, one behind the other, answers come in their order. Servers
 * close it when nothing is asked for some seconds; the next request opens it anew.
 * @param onResponse gets the number given with the request and the status; bodies must have a Content-Length
 * @param onClose it was closed while answers were missing
 */
export async function openHttp(
  port: number,
  onResponse: (number: number, status: number) => void,
  onClose: (error: Error) => void,
): Promise<(number: number, request: string) => void> {
  const waiting: number[] = [];
  let tcp: TcpConnection | null = null;
  let unsent = "";
  const open = async () => {
    const reader = new ResponseReader((status) => onResponse(waiting.shift() ?? 0, status));
    const ended = (error: Error) => {
      tcp = null;
      if (waiting.length > 0) onClose(error);
    };
    tcp = await TcpConnection.open(port, (bytes, length) => reader.read(bytes, length), ended);
    if (unsent !== "") tcp.write(unsent);
    unsent = "";
  };
  await open();
  return (number, request) => {
    waiting.push(number);
    if (tcp !== null) return tcp.write(request);
    const isOpening = unsent !== "";
    unsent += request;
    if (!isOpening) open().catch(onClose);
  };
}

class ResponseReader {
  readonly #onStatus: (status: number) => void;
  #rest = NOTHING;

  constructor(onStatus: (status: number) => void) {
    this.#onStatus = onStatus;
  }

  read(incoming: Buffer, length: number): void {
    const bytes = Buffer.concat([this.#rest, incoming.subarray(0, length)]);
    let at = 0;
    for (;;) {
      const head = bytes.indexOf(HEAD_END, at);
      if (head < 0) break;
      const text = bytes.toString("latin1", at, head);
      const end = head + HEAD_END.length + Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (end > bytes.length) break;
      this.#onStatus(Number(text.slice(9, 12)));
      at = end;
    }
    this.#rest = at === bytes.length ? NOTHING : bytes.subarray(at);
  }
}
