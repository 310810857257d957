import { describe, expect, it } from "vitest";
import { UncertainAppends } from "./uncertain-appends.ts";

describe("sends whose answer was lost", () => {
  it("are known once when they come again", () => {
    const uncertain = new UncertainAppends();
    uncertain.add(["1", "2"]);
    expect(uncertain.settle("1")).toBe(true);
    expect(uncertain.settle("1")).toBe(false);
    expect(uncertain.settle("3")).toBe(false);
    expect(uncertain.settle("another")).toBe(false);
  });

  it("owe nothing when they were told before", () => {
    const uncertain = new UncertainAppends();
    uncertain.told("1");
    uncertain.add(["1", "2"]);
    expect(uncertain.settle("1")).toBe(false);
    expect(uncertain.settle("2")).toBe(true);
  });

  it("are forgotten when there are too many, oldest first", () => {
    const uncertain = new UncertainAppends();
    uncertain.add(["first"]);
    uncertain.add(Array.from({ length: 10_000 }, (_, index) => String(index)));
    expect(uncertain.settle("first")).toBe(false);
    expect(uncertain.settle("0")).toBe(true);
  });
});
