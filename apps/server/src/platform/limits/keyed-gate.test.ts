import { afterEach, describe, expect, it, vi } from "vitest";
import { KeyedGate } from "./keyed-gate.ts";

const bounds = { atOnce: 2, waiting: 4, waitingOfOne: 3, waitingInAll: 5, longestWaitMs: 1_000 };

/** A gate, and what is under way in it: each piece ends when it is told to. */
function openGate() {
  const gate = new KeyedGate(bounds);
  const running: { what: string; end: () => void }[] = [];
  const begun: string[] = [];
  const call = (key: string, person: string, what: string) =>
    gate.run(key, person, () => {
      begun.push(what);
      return new Promise<string>((resolve) => running.push({ what, end: () => resolve(what) }));
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (what: string) => {
    await settled();
    for (const piece of running) if (piece.what === what) piece.end();
    await settled();
  };
  return { gate, call, end, begun };
}
const full = { code: "overloaded", details: { retryAfterMs: 500 } };

describe("a gate", () => {
  afterEach(() => void vi.restoreAllMocks());

  it("lets two pieces of each key in, and the next one when one of them is done", async () => {
    const { call, end, begun } = openGate();
    const calls = ["a1", "a2", "a3", "b1"].map((what) => call(what[0] ?? "", what, what));
    await end("nothing");
    expect(begun).toEqual(["a1", "a2", "b1"]);
    await end("a2");
    expect(begun).toEqual(["a1", "a2", "b1", "a3"]);
    for (const what of ["a1", "a3", "b1"]) await end(what);
    expect(await Promise.all(calls)).toEqual(["a1", "a2", "a3", "b1"]);
  });

  it("gives people turns, however much one of them wants", async () => {
    const { call, end, begun } = openGate();
    const calls = ["ana1", "ana2", "ana3", "ana4", "ana5", "ben1"].map((what) => call("a", what.slice(0, 3), what));
    for (const what of ["ana1", "ana2", "ana3", "ben1", "ana4", "ana5"]) await end(what);
    expect(begun).toEqual(["ana1", "ana2", "ana3", "ben1", "ana4", "ana5"]);
    await Promise.all(calls);
  });

  it("refuses what cannot wait: too much of one person, of one key, of all", async () => {
    const { call, end } = openGate();
    const first = ["1", "2", "3", "4", "5"].map((what) => call("a", "ana", what));
    await expect(call("a", "ana", "6")).rejects.toMatchObject(full);
    const second = call("a", "ben", "7");
    await expect(call("a", "cem", "8")).rejects.toMatchObject(full);
    const others = ["b1", "b2", "b3"].map((what) => call("b", "dora", what));
    await expect(call("b", "eva", "b4")).rejects.toMatchObject(full);
    for (const what of ["1", "2", "3", "7", "4", "5", "b1", "b2", "b3"]) await end(what);
    await Promise.all([...first, second, ...others]);
  });

  it("refuses who has waited too long, and goes on with the next", async () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const { call, end, begun } = openGate();
    const calls = [call("a", "ana", "1"), call("a", "ana", "2"), call("a", "ben", "late")];
    const refused = calls.pop()?.catch((error: unknown) => error);
    now = 1_001;
    calls.push(call("a", "cem", "3"));
    await end("1");
    expect(await refused).toMatchObject(full);
    expect(begun).toEqual(["1", "2", "3"]);
    for (const what of ["2", "3"]) await end(what);
    await Promise.all(calls);
  });

  it("goes on after a piece that failed, and keeps nothing of a key that is done with", async () => {
    const { gate } = openGate();
    const fail = () => gate.run("a", "ana", () => Promise.reject(new Error("no")));
    for (let n = 0; n < 5; n += 1) await expect(fail()).rejects.toThrow("no");
    expect(await gate.run("a", "ana", async () => "yes")).toBe("yes");
  });
});
