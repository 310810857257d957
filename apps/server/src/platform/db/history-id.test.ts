import { describe, expect, it } from "vitest";
import { HistoryId } from "./history-id.ts";
import type { Statement } from "./statement.ts";

const origin = { database: 5, cluster: "7", timeline: "00000001" };

/** Answers one after the other; an error is thrown. */
function reading(...answers: (Partial<typeof origin> | Error)[]) {
  const asked: string[] = [];
  const history = new HistoryId(async ({ name }: Statement<unknown>) => {
    asked.push(name);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return [{ ...origin, ...answer }];
  });
  return { history, asked };
}

describe("the name of a history", () => {
  it("is another one in another cluster, another database, and on another timeline", async () => {
    const names = await Promise.all(
      [{}, { cluster: "8" }, { database: 6 }, { timeline: "00000002" }].map((other) => reading(other).history.get()),
    );
    expect(new Set(names).size).toBe(4);
    expect(await reading({}).history.get()).toBe(names[0]);
  });

  it("is asked for once in two seconds, however many want it", async () => {
    const { history, asked } = reading({}, { timeline: "00000002" });
    const [first, same] = await Promise.all([history.get(0), history.get(1_999)]);
    expect(same).toBe(first);
    expect(await history.get(2_000)).not.toBe(first);
    expect(asked).toHaveLength(2);
  });

  it("is asked for again when the database did not answer", async () => {
    const { history } = reading(new Error("gone"), {});
    await expect(history.get(0)).rejects.toThrow("gone");
    expect(await history.get(1)).toMatch(/^[0-9a-f]{16}$/);
  });

  it("is that of the database alone where PostgreSQL does not tell the rest", async () => {
    const { history, asked } = reading(Object.assign(new Error("permission denied"), { code: "42501" }), {});
    expect(await history.get()).toMatch(/^[0-9a-f]{16}$/);
    expect(asked).toEqual(["history_origin", "history_origin_of_database"]);
  });
});
