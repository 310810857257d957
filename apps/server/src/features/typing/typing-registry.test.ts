import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Clock, systemClock } from "../../platform/clock.ts";
import { createMemoryTypingRegistry } from "./memory-typing-registry.ts";
import type { TypingRegistry } from "./typing-registry.ts";

/** What every driver keeps. */
const drivers: [string, (clock: Clock) => TypingRegistry][] = [["memory", createMemoryTypingRegistry]];

describe.each(drivers)("typing in %s", (_name, create) => {
  let registry: TypingRegistry;
  let expired: string[];

  beforeEach(() => {
    vi.useFakeTimers();
    expired = [];
    registry = create(systemClock);
    registry.onExpire((conversationId, userId) => expired.push(`${conversationId} ${userId}`));
  });
  afterEach(() => {
    registry.close();
    vi.useRealTimers();
  });

  it("is told at once, and then at most every two seconds", async () => {
    expect(await registry.start("order", "anna")).toBe(true);
    expect(await registry.start("order", "anna")).toBe(false);
    vi.advanceTimersByTime(1_999);
    expect(await registry.start("order", "anna")).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await registry.start("order", "anna")).toBe(true);
  });

  it("is throttled for each person and conversation", async () => {
    await registry.start("order", "anna");
    expect(await registry.start("gig", "anna")).toBe(true);
    expect(await registry.start("order", "ben")).toBe(true);
  });

  it("runs out after three seconds without a sign", async () => {
    await registry.start("order", "anna");
    vi.advanceTimersByTime(2_000);
    await registry.start("order", "anna");
    vi.advanceTimersByTime(2_900);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(expired).toEqual(["order anna"]);
    expect(await registry.stop("order", "anna")).toBe(false);
  });

  it("stops once, and does not run out afterwards", async () => {
    await registry.start("order", "anna");
    expect(await registry.stop("order", "anna")).toBe(true);
    expect(await registry.stop("order", "anna")).toBe(false);
    vi.advanceTimersByTime(10_000);
    expect(expired).toEqual([]);
  });

  it("cannot be used to flood the others by starting and stopping", async () => {
    let told = 0;
    for (let n = 0; n < 100; n += 1) {
      if (await registry.start("order", "anna")) told += 1;
      if (await registry.stop("order", "anna")) told += 1;
    }
    expect(told).toBe(2);
    await registry.start("order", "anna");
    vi.advanceTimersByTime(10_000);
    expect(expired).toEqual([]);
  });
});
