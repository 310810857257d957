import { expect, it } from "vitest";
import { createGiveWay } from "./give-way.ts";

it("lets others run between pieces of long work, and costs nothing in short work", async () => {
  let others = 0;
  const timer = setInterval(() => (others += 1), 0);
  const giveWay = createGiveWay();
  expect(giveWay()).toBeUndefined();
  for (let n = 0; n < 40; n += 1) {
    const until = performance.now() + 1;
    while (performance.now() < until);
    await giveWay();
  }
  clearInterval(timer);
  expect(others).toBeGreaterThanOrEqual(4);
});
