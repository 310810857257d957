import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A TCP connection on which anything may be written, and what came back. */
export interface RawConnection {
  /** Writes the parts one after the other, with a pause between them; does nothing once the connection is over. */
  write(parts: readonly (Buffer | string)[], pauseMs?: number): Promise<void>;
  /** Resolves when what came back fits, the connection is over, or the time is. */
  until(fits: (received: string) => boolean, withinMs: number): Promise<string>;
  /** Latin-1, so that every byte is one character. */
  received(): string;
  isOver(): boolean;
  /** Says that nothing more will be written. */
  finish(): void;
  close(): void;
  /** Hangs up: what the other side still writes is refused. */
  reset(): void;
}

const LOOK_EVERY_MS = 2;
/** Five pages of metrics, of half a megabyte each once every outcome was counted, and something behind them; the rest is thrown away. */
const KEPT = 8_000_000;

export async function openRaw(port: number): Promise<RawConnection> {
  const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  let received = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    if (received.length < KEPT) received += chunk.toString("latin1");
  });
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  const isOver = () => socket.readableEnded || socket.destroyed;
  return {
    write: async (parts, pauseMs = 0) => {
      for (const part of parts) {
        if (isOver() || !socket.writable) return;
        socket.write(part);
        if (pauseMs > 0) await sleep(pauseMs);
      }
    },
    until: async (fits, withinMs) => {
      const end = performance.now() + withinMs;
      while (!fits(received) && !isOver() && performance.now() < end) await sleep(LOOK_EVERY_MS);
      return received;
    },
    received: () => received,
    isOver,
    finish: () => void socket.end(),
    close: () => void socket.destroy(),
    reset: () => void socket.resetAndDestroy(),
  };
}
