import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../clock.ts";
import { createRevocations } from "./revocations.ts";

describe("revocations", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("leaves out whoever lost access to that conversation, and nobody else", () => {
    const revocations = createRevocations(systemClock);
    revocations.add("order", "anna");
    expect(revocations.without("order", ["anna", "ben"])).toEqual(["ben"]);
    expect(revocations.without("gig", ["anna", "ben"])).toEqual(["anna", "ben"]);
    expect(revocations.has("order", "anna")).toBe(true);
  });

  it("lets somebody back in who takes part again", () => {
    const revocations = createRevocations(systemClock);
    revocations.add("order", "anna");
    revocations.add("order", "ben");
    revocations.remove("order", "anna");
    expect(revocations.without("order", ["anna", "ben"])).toEqual(["anna"]);
  });

  it("forgets after a minute, each for itself", () => {
    const revocations = createRevocations(systemClock);
    revocations.add("order", "anna");
    vi.advanceTimersByTime(59_999);
    revocations.add("order", "ben");
    expect(revocations.without("order", ["anna", "ben"])).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(revocations.without("order", ["anna", "ben"])).toEqual(["anna"]);
    vi.advanceTimersByTime(59_999);
    revocations.add("gig", "anna");
    expect(revocations.without("order", ["anna", "ben"])).toEqual(["anna", "ben"]);
  });
});
