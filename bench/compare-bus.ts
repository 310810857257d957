// node --conditions=source --import tsx bench/compare-bus.ts: our bus between processes beside Socket.IO's Redis Streams
// adapter, each with two processes and a Redis of its own. Prints a table. Talks to this machine alone.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { io as connect, type Socket } from "socket.io-client";
import { startRedis, type TestRedis } from "../tests/support/start-redis.ts";
import type { BusAnswer, BusOrder } from "./bus-orders.ts";
import { Histogram } from "./histogram.ts";
import { readCpu } from "./process-cpu.ts";

const PROGRAM = fileURLToPath(new URL("bus-process.ts", import.meta.url));
const SYSTEMS = ["parley", "adapter"] as const;
const ROUNDS = Number(process.env["ROUNDS"] ?? 3);
const SECONDS = 4;
const FLOOD = 20_000;

type Row = Record<string, number>;

interface Process {
  readonly child: ChildProcess;
  readonly socket: Socket;
  gaps: number;
  heard: number;
  times: Histogram;
}

const rows = new Map<string, Row[]>(SYSTEMS.map((system) => [system, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const system of SYSTEMS) rows.get(system)?.push(await measure(system));
}
print();
process.exit(0);

async function measure(system: string): Promise<Row> {
  const redis = await startRedis();
  const one = await start(system, redis.url);
  const other = await start(system, redis.url);
  await sleep(2_000);
  await emit(one, { count: 500, perSecond: 500 });
  const row = {
    ...(await atRate(redis, one, other, 100)),
    ...(await atRate(redis, one, other, 2_000)),
    ...(await flooded(one, other)),
    ...(await paused(redis, one, other)),
    ...(await killed(redis, one, other)),
  };
  for (const { socket, child } of [one, other]) {
    socket.disconnect();
    child.kill("SIGKILL");
  }
  await redis.stop();
  console.error(system, JSON.stringify(row));
  return row;
}

async function start(system: string, url: string): Promise<Process> {
  const child = fork(PROGRAM, [system, url], { execArgv: ["--conditions=source", "--import", "tsx"] });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const socket = connect(`http://127.0.0.1:${port}`, { transports: ["websocket"], forceNew: true });
  const made: Process = { child, socket, gaps: 0, heard: 0, times: new Histogram() };
  socket.on("message:new", ({ sentAt }: { sentAt: number }) => {
    made.heard += 1;
    made.times.record(performance.timeOrigin + performance.now() - sentAt);
  });
  child.on("message", (answer: BusAnswer) => {
    if ("gap" in answer) made.gaps += 1;
  });
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return made;
}

async function emit({ child }: Process, order: BusOrder): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const listener = (answer: BusAnswer) => {
      if (!("emitted" in answer)) return;
      child.off("message", listener);
      resolve();
    };
    child.on("message", listener);
  });
  child.send(order);
  await done;
}

function forget(...processes: Process[]): void {
  for (const each of processes) Object.assign(each, { gaps: 0, heard: 0, times: new Histogram() });
}

async function atRate(redis: TestRedis, one: Process, other: Process, perSecond: number): Promise<Row> {
  forget(one, other);
  const count = perSecond * SECONDS;
  const before = await readAllCpu(redis, one, other);
  await emit(one, { count, perSecond });
  await heardAll(other, count);
  const after = await readAllCpu(redis, one, other);
  const cpu = (index: number) => ((after[index] ?? 0) - (before[index] ?? 0)) / count;
  const [here, there] = [one.times.percentiles(), other.times.percentiles()];
  return {
    [`${perSecond}/s, same process: p50, ms`]: here.p50,
    [`${perSecond}/s, same process: p99, ms`]: here.p99,
    [`${perSecond}/s, other process: p50, ms`]: there.p50,
    [`${perSecond}/s, other process: p99, ms`]: there.p99,
    [`${perSecond}/s, sender's CPU, µs an event`]: cpu(0),
    [`${perSecond}/s, receiver's CPU, µs an event`]: cpu(1),
    [`${perSecond}/s, Redis's CPU, µs an event`]: cpu(2),
  };
}

/** Or twenty seconds are over. */
async function heardAll(process: Process, count: number): Promise<void> {
  const end = performance.now() + 20_000;
  while (process.heard < count && performance.now() < end) await sleep(5);
}

async function readAllCpu(redis: TestRedis, ...processes: Process[]): Promise<number[]> {
  const info = String(await redis.command(["INFO", "cpu"]));
  const seconds = (name: string) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1]);
  const ofRedis = (seconds("used_cpu_user") + seconds("used_cpu_sys")) * 1e6;
  return [...processes.map(({ child }) => readCpu(child.pid ?? 0) ?? 0), ofRedis];
}

/** As many events at once as the process makes. */
async function flooded(one: Process, other: Process): Promise<Row> {
  forget(one, other);
  const startedAt = performance.now();
  await emit(one, { count: FLOOD, perSecond: null });
  await heardAll(other, FLOOD);
  const seconds = (performance.now() - startedAt) / 1_000;
  await sleep(1_500);
  return {
    "flood of 20,000, all at the other process, events/s": Math.round(other.heard / seconds),
    "flood of 20,000, missing at the other process": FLOOD - other.heard,
  };
}

/** Redis stands still for two seconds. */
async function paused(redis: TestRedis, one: Process, other: Process): Promise<Row> {
  forget(one, other);
  redis.pause();
  const sent = emit(one, { count: 200, perSecond: 100 });
  await sleep(2_000);
  const soon = one.heard;
  redis.resume();
  await sent;
  await sleep(3_000);
  return {
    "Redis paused for 2 s: of 200 heard at the same process meanwhile": soon,
    "Redis paused for 2 s: same process, p99, ms": one.times.percentiles().p99,
    "Redis paused for 2 s: missing at the other process after": 200 - other.heard,
  };
}

/** Redis is killed, and started again two seconds later. */
async function killed(redis: TestRedis, one: Process, other: Process): Promise<Row> {
  forget(one, other);
  await redis.kill();
  await emit(one, { count: 200, perSecond: 100 });
  await sleep(100);
  const [here, there] = [one.heard, other.heard];
  await redis.restart();
  await sleep(4_000);
  const gaps = other.gaps;
  forget(one, other);
  await emit(one, { count: 100, perSecond: 100 });
  await sleep(500);
  return {
    "Redis killed: of 200 heard at the same process": here,
    "Redis killed: of 200 heard at the other process": there,
    "Redis killed: told at the other process that something is missing (1 = yes)": Math.min(1, gaps),
    "after the restart: of 100 heard at the other process": other.heard,
  };
}

function print(): void {
  const names = Object.keys(rows.get("parley")?.[0] ?? {});
  console.log("|   | ours | Redis Streams adapter |\n| --- | ---: | ---: |");
  for (const name of names) {
    const cells = SYSTEMS.map((system) => describe((rows.get(system) ?? []).map((row) => row[name] ?? 0)));
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
}

/** Median, with the least and the most. */
function describe(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const text = (value = 0) => `${Number(value.toPrecision(3))}`;
  const [least, median, most] = [text(sorted[0]), text(sorted[Math.floor(sorted.length / 2)]), text(sorted.at(-1))];
  return least === most ? median : `${median} (${least} … ${most})`;
}
