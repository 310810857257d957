import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../clock.ts";
import { createRevocations } from "./revocations.ts";

describe("revocations", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("leaves out whoever lost access to that conversation, and nobody else", () => {
    const revocations = createRevocations(systemClock);
    revocations.add("order", "anna", 2);
    expect(revocations.without("order", ["anna", "ben"])).toEqual(["ben"]);
    expect(revocations.without("gig", ["anna", "ben"])).toEqual(["anna", "ben"]);
    expect(revocations.has("order", "anna")).toBe(true);
  });

  it("lets somebody back in who takes part again", () => {
    const revocations = createRevocations(systemClock);
    revocations.add("order", "anna", 2);
    revocations.add("order", "ben", 3);
    revocations.remove("order", "anna", 4);
    expect(revocations.without("order", ["anna", "ben"])).toEqual(["anna"]);
  });

  it("lets the later change hold, whichever is told first", () => {
    const revocations = createRevocations(systemClock);
    revocations.remove("order", "anna", 5);
    revocations.add("order", "anna", 4);
    expect(revocations.has("order", "anna")).toBe(false);
    revocations.add("order", "anna", 6);
    expect(revocations.has("order", "anna")).toBe(true);
  });

  it("forgets after a minute, each for itself", () => {
    const revocations = createRevocations(systemClock);
    revocations.add("order", "anna", 2);
    vi.advanceTimersByTime(59_999);
    revocations.add("order", "ben", 3);
    expect(revocations.without("order", ["anna", "ben"])).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(revocations.without("order", ["anna", "ben"])).toEqual(["anna"]);
    vi.advanceTimersByTime(59_999);
    revocations.add("gig", "anna", 2);
    expect(revocations.without("order", ["anna", "ben"])).toEqual(["anna", "ben"]);
  });
});
