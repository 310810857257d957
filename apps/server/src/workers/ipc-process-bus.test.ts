import { describe, expect, it } from "vitest";
import { describeProcessBus, listenTo, numbered, versionsOf } from "../../../../tests/support/process-bus-contract.ts";
import { openPipe } from "../../../../tests/support/ipc-pipe.ts";
import { systemClock } from "../platform/clock.ts";
import { IpcChannel } from "./ipc-channel.ts";
import { createIpcProcessBus } from "./ipc-process-bus.ts";
import { WorkerServices } from "./serve-workers.ts";
import type { PrimaryCalls, WorkerCalls } from "./worker-calls.ts";

function startWorkers(count: number) {
  const services = new WorkerServices(systemClock);
  return Array.from({ length: count }, () => {
    const pipe = openPipe();
    services.admit(pipe.primary, () => {});
    const answers = { metrics: async () => [], ping: async () => null, stop: async () => null };
    const channel = new IpcChannel<PrimaryCalls, WorkerCalls>(pipe.worker, answers);
    return { pipe, bus: createIpcProcessBus(channel, () => {}) };
  });
}

describeProcessBus("the primary of several workers", async (count) => startWorkers(count).map(({ bus }) => bus));

describe("process bus over the primary", () => {
  it("tells the others of a gap when a worker dies", async () => {
    const [one, other, third] = startWorkers(3);
    const heard = [one, other, third].flatMap((worker) => (worker === undefined ? [] : [listenTo(worker.bus)]));
    one?.pipe.cut();
    await expect.poll(() => heard.map(({ gaps }) => gaps)).toEqual([0, 1, 1]);
    expect(one?.bus.isWhole).toBe(false);
    expect(other?.bus.isWhole).toBe(true);
  });

  it("keeps nothing without end for a worker that does not read, which hears of a gap once it does", async () => {
    const [one, other, third] = startWorkers(3);
    if (one === undefined || other === undefined || third === undefined) throw new Error("There are three.");
    const slow = listenTo(other.bus);
    const quick = listenTo(third.bus);
    other.pipe.stall();
    const large = "x".repeat(100_000);
    for (let n = 1; n <= 400; n += 1) {
      one.bus.publish({ kind: "happened", name: "large", userIds: [], payload: { large } });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => quick.notes.length).toBe(400);
    expect(other.pipe.waiting()).toBeLessThan(20_000_000);
    other.pipe.flow();
    await expect.poll(() => slow.gaps).toBe(1);
    expect(slow.notes.length).toBeLessThan(400);
    one.bus.publish(numbered(1));
    await expect.poll(() => versionsOf(slow)).toEqual([1]);
  });
});
