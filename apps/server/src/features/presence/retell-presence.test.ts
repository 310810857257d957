import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { createRetelling } from "./retell-presence.ts";

describe("telling presence again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("tells once more what was told while the processes did not hear each other, and a little before", () => {
    const processBus = { isWhole: true };
    const retold: string[] = [];
    const toldOf = createRetelling({ clock: systemClock, processBus }, (userId) => retold.push(userId));
    toldOf("long before");
    vi.advanceTimersByTime(60_000);
    toldOf("just before");
    vi.advanceTimersByTime(3_000);
    processBus.isWhole = false;
    vi.advanceTimersByTime(60_000);
    toldOf("meanwhile");
    toldOf("just before");
    vi.advanceTimersByTime(60_000);
    expect(retold).toEqual([]);
    processBus.isWhole = true;
    vi.advanceTimersByTime(1_000);
    expect(retold).toEqual(["meanwhile", "just before"]);
    vi.advanceTimersByTime(60_000);
    expect(retold).toHaveLength(2);
  });

  it("tells nothing twice when all is well", () => {
    const retold: string[] = [];
    const toldOf = createRetelling({ clock: systemClock, processBus: { isWhole: true } }, (id) => retold.push(id));
    toldOf("anna");
    vi.advanceTimersByTime(120_000);
    expect(retold).toEqual([]);
  });
});
