import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatAsUsual } from "./chat-as-usual.ts";
import { runFuzz } from "./fuzz.ts";
import { type FuzzWorld, openFuzzWorld } from "./fuzz-world.ts";
import { faultsOf, summaryOf } from "./judge-fuzz.ts";

/** FUZZ_SEED runs it once more; `npm run fuzz` runs it longer. */
const SEED = Number(process.env["FUZZ_SEED"] ?? Date.now() % 1_000_000_007);

let world: FuzzWorld;
beforeAll(async () => {
  world = await openFuzzWorld(0);
});
afterAll(() => world?.stop());

describe("random requests and frames", () => {
  it(`neither crash nor fill the server, and get no 5xx (seed ${SEED})`, { timeout: 300_000 }, async () => {
    const report = await runFuzz(world, SEED, 4, 5);
    console.log(summaryOf(report));
    expect(faultsOf(report)).toEqual([]);
    expect(world.server.log()).not.toMatch(/"level":(50|60)/);
    await chatAsUsual(world);
    expect(await world.stop()).toBe("exit 0");
  });
});
