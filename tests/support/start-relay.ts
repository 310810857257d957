import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Stands between a client and the server, and can be broken in the ways of a network. */
export interface Relay {
  readonly url: string;
  /** Ends every connection, and takes no more. */
  cut(): void;
  /** Ends every connection in the middle of what the server sends next, and takes new ones. */
  cutMidFrame(): void;
  /** Half open: connections stay, new ones are taken, and what either side says is lost. */
  swallow(): void;
  /** Everything takes so much longer, in either direction, in milliseconds. */
  delay(ms: number): void;
  /** Each piece that comes by ends its connection with this probability, 0 to 1. */
  lose(probability: number): void;
  /** Works again. What was swallowed is gone, so connections that were half open end. */
  mend(): void;
  stop(): Promise<void>;
}

interface Weather {
  isCut: boolean;
  isMidFrame: boolean;
  swallows: boolean;
  delayMs: number;
  loss: number;
}

const fine = (): Weather => ({ isCut: false, isMidFrame: false, swallows: false, delayMs: 0, loss: 0 });

/** A connection that missed something must not go on as if it had not. */
interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isHalfOpen: boolean;
  /** What is under way to either side, in its order. */
  readonly onTheWay: Map<Socket, Promise<void>>;
}

/** Passes bytes on to `target`, an address like http://127.0.0.1:3000. */
export async function startRelay(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  let weather = fine();

  const server = createServer((near) => {
    near.on("error", () => near.destroy());
    if (weather.isCut) {
      near.destroy();
      return;
    }
    const pair: Pair = { near, far: connect(Number(port), hostname), isHalfOpen: false, onTheWay: new Map() };
    pairs.add(pair);
    pair.far.on("error", () => pair.far.destroy());
    // What was written still goes out.
    near.on("close", () => pair.far.destroySoon());
    pair.far.on("close", () => {
      near.destroySoon();
      pairs.delete(pair);
    });
    near.on("data", (chunk: Buffer) => pass(pair, pair.far, chunk, false));
    pair.far.on("data", (chunk: Buffer) => pass(pair, near, chunk, true));
  });

  function pass(pair: Pair, to: Socket, chunk: Buffer, fromServer: boolean): void {
    const { swallows, isMidFrame, loss, delayMs } = weather;
    if (swallows || pair.isHalfOpen) {
      pair.isHalfOpen = true;
      return;
    }
    if (loss > 0 && Math.random() < loss) return end(pair);
    if (isMidFrame && fromServer) {
      to.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => end(pair));
      return;
    }
    if (delayMs > 0 || pair.onTheWay.has(to)) void passLater(pair, to, chunk, delayMs);
    else to.write(chunk);
  }

  async function passLater({ onTheWay }: Pair, to: Socket, chunk: Buffer, delayMs: number): Promise<void> {
    const before = onTheWay.get(to);
    const arrival = Promise.all([before, sleep(delayMs)]).then(() => void to.write(chunk));
    onTheWay.set(to, arrival);
    await arrival;
    if (onTheWay.get(to) === arrival) onTheWay.delete(to);
  }

  function end(pair: Pair): void {
    pairs.delete(pair);
    pair.near.destroy();
    pair.far.destroy();
  }

  const endAll = (which: (pair: Pair) => boolean = () => true) => {
    for (const pair of [...pairs].filter(which)) end(pair);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      weather = { ...fine(), isCut: true };
      endAll();
    },
    cutMidFrame: () => (weather = { ...fine(), isMidFrame: true }),
    swallow: () => (weather = { ...fine(), swallows: true }),
    delay: (delayMs) => (weather = { ...fine(), delayMs }),
    lose: (loss) => (weather = { ...fine(), loss }),
    mend: () => {
      weather = fine();
      endAll(({ isHalfOpen }) => isHalfOpen);
    },
    stop: async () => {
      weather.isCut = true;
      endAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
