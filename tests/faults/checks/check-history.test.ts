import { describe, expect, it } from "vitest";
import type { HistoryRecord } from "../history/history.ts";
import { mutations } from "../mutations/mutations.ts";
import { rightHistory } from "../mutations/right-history.ts";
import { checkHistory } from "./check-history.ts";
import { invariants } from "./invariants.ts";

const brokenIn = async (records: Iterable<HistoryRecord>): Promise<string[]> => [
  ...new Set((await checkHistory(records)).violations.map(({ invariant }) => invariant)),
];

describe("a history that is right", () => {
  it("passes, and is counted", async () => {
    const report = await checkHistory(rightHistory());
    expect(report.violations).toEqual([]);
    expect(report.counts).toMatchObject({ sent: 24, acked: 24, repeats: 7, connections: 7, faults: 2 });
  });

  it("may hold a message whose answer was lost", async () => {
    const records = rightHistory();
    const first = records.find((record) => record.type === "ok");
    expect(await brokenIn(records.filter((record) => record !== first))).toEqual([]);
  });

  it("may lack a message that was never acknowledged, as long as there is no hole", async () => {
    const operation = {
      do: "send",
      conversationId: "all",
      clientMessageId: "lost on the way",
      body: "hello?",
    } as const;
    const tried = { type: "invoke", op: 77_777, at: 1, by: "ana", server: "A", via: "http", patienceMs: 9 } as const;
    expect(await brokenIn([{ ...tried, operation }, ...rightHistory()])).toEqual([]);
  });

  it("may hear less than everything, and hear from the start on the next connection", async () => {
    const records = rightHistory();
    const heard = records.filter((record) => record.type === "heard" && record.event.name === "message:new");
    const again = heard[0];
    if (again?.type !== "heard") throw new Error("nothing was heard");
    const fewer = records.filter((record) => !heard.includes(record) || heard.indexOf(record) % 3 === 0);
    expect(await brokenIn([...fewer, { ...again, connection: 2 }])).toEqual([]);
  });
});

describe("a history that is wrong", () => {
  it.each(mutations.map((mutation) => [mutation.name, mutation] as const))("%s", async (_, { invariant, mutate }) => {
    expect(await brokenIn(mutate(rightHistory()))).toContain(invariant);
  });

  it("is known for every invariant", () => {
    expect(new Set(mutations.map(({ invariant }) => invariant))).toEqual(new Set(Object.keys(invariants)));
  });
});
