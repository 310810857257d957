import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPipe, type Pipe } from "../../../../tests/support/ipc-pipe.ts";
import { systemClock } from "../platform/clock.ts";
import { IpcChannel } from "./ipc-channel.ts";
import { WorkerServices } from "./serve-workers.ts";
import { type Fork, WorkerSupervisor } from "./supervise-workers.ts";
import type { PrimaryCalls, WorkerCalls } from "./worker-calls.ts";

/** A worker that exists only here. `obeys`: it stops when it is told to. */
function forkOne({ obeys = true, starts = true } = {}) {
  const pipe = openPipe();
  const exits: ((code: number | null) => void)[] = [];
  let isOver = false;
  const end = (code: number | null): void => {
    if (isOver) return;
    isOver = true;
    pipe.cut();
    for (const listener of exits) listener(code);
  };
  const stop = async () => {
    if (obeys) setImmediate(() => end(0));
    return null;
  };
  const channel = new IpcChannel<PrimaryCalls, WorkerCalls>(pipe.worker, {
    metrics: async () => [],
    ping: async () => null,
    stop,
  });
  if (starts) channel.ask("ready", null).catch(() => {});
  else setImmediate(() => end(1));
  const fork: Fork = { port: pipe.primary, onExit: (listener) => exits.push(listener), kill: () => end(null) };
  return { fork, end, pipe };
}

describe("the supervisor of workers", () => {
  let forked: { slot: number; end: (code: number | null) => void }[];
  let deaths: number[];
  beforeEach(() => {
    forked = [];
    deaths = [];
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
  });
  afterEach(() => void vi.useRealTimers());

  const supervise = (count: number, worker: (slot: number) => ReturnType<typeof forkOne>): WorkerSupervisor =>
    new WorkerSupervisor({
      count,
      services: new WorkerServices(systemClock),
      fork: (slot) => {
        const { fork, end } = worker(slot);
        forked.push({ slot, end });
        return fork;
      },
      onDeath: (slot) => deaths.push(slot),
    });

  it("starts so many, and stops them", async () => {
    const supervisor = supervise(3, () => forkOne());
    await supervisor.start();
    expect(forked.map(({ slot }) => slot)).toEqual([0, 1, 2]);
    await supervisor.stop();
    vi.advanceTimersByTime(60_000);
    expect(forked).toHaveLength(3);
    expect(deaths).toEqual([]);
  });

  it("starts one that died again, in its place, and later each time", async () => {
    const supervisor = supervise(2, () => forkOne());
    await supervisor.start();
    for (const wait of [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]) {
      forked.at(-1)?.end(1);
      vi.advanceTimersByTime(wait - 1);
      const before = forked.length;
      vi.advanceTimersByTime(1);
      expect(forked).toHaveLength(before + 1);
    }
    expect(new Set(deaths)).toEqual(new Set([1]));
    vi.advanceTimersByTime(10_000);
    forked.at(-1)?.end(null);
    vi.advanceTimersByTime(100);
    expect(forked.at(-1)?.slot).toBe(1);
    await supervisor.stop();
  });

  it("gives up at once when one cannot start in the beginning", async () => {
    const supervisor = supervise(3, (slot) => forkOne({ starts: slot !== 1 }));
    await expect(supervisor.start()).rejects.toThrow("A worker ended at its start.");
    vi.advanceTimersByTime(60_000);
    expect(forked).toHaveLength(3);
    expect(deaths).toEqual([]);
  });

  it("kills one that hangs, and starts another in its place", async () => {
    const pipes: Pipe[] = [];
    const supervisor = supervise(2, () => {
      const worker = forkOne();
      pipes.push(worker.pipe);
      return worker;
    });
    await supervisor.start();
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const pass = async (seconds: number) => {
      for (let n = 0; n < seconds; n += 1) {
        vi.advanceTimersByTime(1_000);
        await turn();
        await turn();
      }
    };
    await pass(120);
    expect(deaths).toEqual([]);
    pipes[1]?.stall();
    await pass(45);
    expect(deaths).toEqual([1]);
    expect(forked.map(({ slot }) => slot)).toEqual([0, 1, 1]);
    await pass(120);
    expect(forked).toHaveLength(3);
    await supervisor.stop();
  });

  it("kills one that does not stop", async () => {
    const supervisor = supervise(2, (slot) => forkOne({ obeys: slot === 0 }));
    await supervisor.start();
    const stopped = supervisor.stop();
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(8_000);
    await stopped;
  });
});
