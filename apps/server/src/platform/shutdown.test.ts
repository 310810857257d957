import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { runStopSteps } from "./shutdown.ts";

describe("runStopSteps", () => {
  it("runs one step after the other, past those that fail or hang", async () => {
    const done: string[] = [];
    const lines: string[] = [];
    const logger = pino({ level: "info" }, { write: (line: string) => lines.push(line) });
    await runStopSteps(
      [
        { name: "slow", withinMs: 500, run: async () => void (await pause(20), done.push("slow")) },
        { name: "broken", withinMs: 500, run: () => Promise.reject(new Error("no")) },
        { name: "thrown", withinMs: 500, run: () => raise() },
        { name: "hanging", withinMs: 20, run: () => new Promise(() => {}) },
        { name: "last", withinMs: 500, run: () => void done.push("last") },
      ],
      logger,
    );
    expect(done).toEqual(["slow", "last"]);
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      "While stopping: broken failed",
      "While stopping: thrown failed",
      "While stopping: hanging failed",
    ]);
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const raise = (): void => {
  throw new Error("no");
};
