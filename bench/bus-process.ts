// One of two processes that bench/compare-bus.ts starts: sockets, and events for a person who is connected to both.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";
import { systemClock } from "../apps/server/src/platform/clock.ts";
import { createRedisProcessBus } from "../apps/server/src/platform/cluster/redis-process-bus.ts";
import { createFanOut } from "../apps/server/src/platform/realtime/create-fan-out.ts";
import { createRevocations } from "../apps/server/src/platform/realtime/revocations.ts";
import { userRoom } from "../apps/server/src/platform/realtime/rooms.ts";
import { createSocketDelivery } from "../apps/server/src/platform/realtime/socket-delivery.ts";
import type { SocketServer } from "../apps/server/src/platform/realtime/socket-server.ts";
import type { BusAnswer, BusOrder } from "./bus-orders.ts";

type Tell = (number: number) => void;

/** As large as a message usually is. */
const FILLING = "x".repeat(300);
const USER = "anna";
const BURST = 50;

const now = (): number => performance.timeOrigin + performance.now();
const payload = (number: number) => ({ number, sentAt: now(), content: FILLING });
const answer = (what: BusAnswer): void => void process.send?.(what);

const [system = "", redisUrl = ""] = process.argv.slice(2);
const httpServer = createServer();
const tell = system === "parley" ? startOurs() : await startAdapter();
httpServer.listen(0, "127.0.0.1", () => answer({ port: (httpServer.address() as AddressInfo).port }));
process.on("message", (order: BusOrder) => void emit(order));

function startOurs(): Tell {
  const io: SocketServer = new Server(httpServer, { serveClient: false });
  const nothing = () => {};
  const metrics = {
    notesPublished: nothing,
    notesReceived: nothing,
    busGap: nothing,
    busWhole: nothing,
    fannedOut: nothing,
  };
  const logger = { warn: nothing, info: nothing };
  const bus = createRedisProcessBus({ url: redisUrl, clock: systemClock, logger, metrics });
  bus.onGap(() => answer({ gap: true }));
  const sockets = createSocketDelivery({ io, metrics, revocations: createRevocations(systemClock) });
  const fanOut = createFanOut(sockets, bus);
  io.on("connection", (socket) => void socket.join(userRoom(USER)));
  return (number) => fanOut.toUsers([USER], "message:new", payload(number) as never);
}

async function startAdapter(): Promise<Tell> {
  const client = createClient({ url: redisUrl, RESP: 2 });
  client.on("error", () => {});
  await client.connect();
  const io = new Server(httpServer, { adapter: createAdapter(client), serveClient: false });
  io.on("connection", (socket) => void socket.join(userRoom(USER)));
  return (number) => void io.to(userRoom(USER)).emit("message:new", payload(number));
}

/** At the scheduled times; without a rate as fast as the loop turns, some in each turn. */
async function emit({ count, perSecond }: BusOrder): Promise<void> {
  const startedAt = performance.now();
  for (let number = 0; number < count; number += 1) {
    const dueAt = perSecond === null ? 0 : startedAt + (number * 1_000) / perSecond;
    const wait = dueAt - performance.now();
    if (wait > 1) await sleep(wait);
    else if (number % BURST === 0) await new Promise((resolve) => setImmediate(resolve));
    tell(number);
  }
  answer({ emitted: count });
}
