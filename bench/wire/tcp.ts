import { connect, type Socket } from "node:net";

/** All bytes in `bytes` before `length` are new; they are overwritten after the call. */
export type OnBytes = (bytes: Buffer, length: number) => void;

const READ_AT_ONCE = 1 << 16;
/** Reading ends before the next socket's begins, so that all of them read into one place; not so on Windows. */
const sharedBuffer = Buffer.allocUnsafeSlow(READ_AT_ONCE);

/** What has come in over all connections of this process; the frames are those of WebSockets. */
export const traffic = { frames: 0, bytes: 0 };

/** Those that have something to write at the end of this turn of the event loop. */
let waiting: TcpConnection[] = [];

function writeAll(): void {
  const connections = waiting;
  waiting = [];
  for (const connection of connections) connection.flush();
}

/**
 * A TCP connection that costs little: it reads into a shared buffer without streams, and what is written in one turn of
 * the event loop leaves in one call. Nagle is off.
 */
export class TcpConnection {
  readonly #socket: Socket;
  #out = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** @param host a loopback address: the bench talks to nobody else */
  static open(port: number, onBytes: OnBytes, onClose: (error: Error) => void, host = "127.0.0.1") {
    return new Promise<TcpConnection>((resolve, reject) => {
      const buffer = process.platform === "win32" ? Buffer.allocUnsafeSlow(READ_AT_ONCE) : sharedBuffer;
      const onread = {
        buffer,
        callback: (length: number) => {
          traffic.bytes += length;
          onBytes(buffer, length);
          return true;
        },
      };
      const socket = connect({ port, host, noDelay: true, onread });
      const connection = new TcpConnection(socket);
      socket.once("connect", () => resolve(connection));
      socket.on("error", (error) => {
        reject(error);
        onClose(error);
      });
      socket.on("close", () => onClose(new Error("A connection was closed.")));
    });
  }

  /** Writes characters up to U+00FF, each as one byte, at the end of this turn of the event loop. */
  write(bytes: string): void {
    if (this.#out === "") {
      if (waiting.length === 0) process.nextTick(writeAll);
      waiting.push(this);
    }
    this.#out += bytes;
  }

  flush(): void {
    const out = this.#out;
    this.#out = "";
    if (this.#socket.writable) this.#socket.write(out, "latin1");
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
