import { describe, expect, it } from "vitest";
import { AppError } from "../../platform/app-error.ts";
import { AppendLane, type PendingAppend } from "./append-lane.ts";
import type { AppendRequest } from "./message-appender.ts";

const request = (clientMessageId: string, changes: Partial<AppendRequest> = {}): AppendRequest => ({
  conversationId: "c",
  senderId: "ana",
  byHost: false,
  adminsOnly: false,
  clientMessageId,
  kind: "text",
  content: clientMessageId,
  replyToSeq: null,
  mentions: [],
  ...changes,
});

const settle = (batch: readonly PendingAppend[]) => {
  for (const { request, resolve } of batch) resolve({ message: request as never, repeated: false });
};

/** A lane whose batches are committed by hand. */
function manualLane() {
  const batches: { ids: string[]; commit: () => void; fail: (error: unknown) => void }[] = [];
  const lane = new AppendLane(
    (batch) =>
      new Promise((resolve, reject) => {
        const ids = batch.map(({ request }) => request.clientMessageId);
        batches.push({ ids, commit: () => (settle(batch), resolve()), fail: reject });
      }),
  );
  return { lane, batches };
}

/** Until what follows from a commit has had its turn of the event loop. */
const turn = async () => {
  for (let n = 0; n < 2; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe("a lane", () => {
  it("sends what came in the same turn of the event loop, and gathers what comes in meanwhile", async () => {
    const { lane, batches } = manualLane();
    const sends = ["a", "b"].map((id) => lane.push(request(id)));
    expect(batches).toEqual([]);
    await turn();
    expect(batches.map(({ ids }) => ids)).toEqual([["a", "b"]]);
    sends.push(lane.push(request("c")), lane.push(request("d")));
    batches[0]?.commit();
    await turn();
    expect(batches.map(({ ids }) => ids)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    batches[1]?.commit();
    await Promise.all(sends);
    const later = lane.push(request("e"));
    await turn();
    expect(batches[2]?.ids).toEqual(["e"]);
    batches[2]?.commit();
    await later;
  });

  it("holds a repeat back for the next batch, and keeps the order of the others", async () => {
    const { lane, batches } = manualLane();
    const ids = ["a", "b", "b", "c", "b"];
    const sends = ids.map((id) => lane.push(request(id)));
    sends.push(lane.push(request("b", { senderId: "ben" })), lane.push(request("b", { conversationId: "d" })));
    for (let n = 0; n < 5; n += 1) {
      await turn();
      batches[n]?.commit();
    }
    await Promise.all(sends);
    expect(batches.map(({ ids }) => ids)).toEqual([["a", "b", "c", "b", "b"], ["b"], ["b"]]);
  });

  it("takes at most 200 into one batch", async () => {
    const { lane, batches } = manualLane();
    const sends = Array.from({ length: 402 }, (_, n) => lane.push(request(`${n}`)));
    for (let n = 0; n < 3; n += 1) {
      await turn();
      batches[n]?.commit();
    }
    await Promise.all(sends);
    expect(batches.map(({ ids }) => ids.length)).toEqual([200, 200, 2]);
    expect(batches.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 402 }, (_, n) => `${n}`));
  });

  it("does not let a lone message wait behind a hot conversation, nor disturbs the order within one", async () => {
    const { lane, batches } = manualLane();
    const sends = Array.from({ length: 600 }, (_, n) => lane.push(request(`${n}`, { conversationId: "hot" })));
    sends.push(lane.push(request("lone", { conversationId: "other" })));
    for (let n = 0; n < 4; n += 1) {
      await turn();
      batches[n]?.commit();
    }
    await Promise.all(sends);
    expect(batches[0]?.ids).toContain("lone");
    const hot = batches.flatMap(({ ids }) => ids).filter((id) => id !== "lone");
    expect(hot).toEqual(Array.from({ length: 600 }, (_, n) => `${n}`));
  });

  it("says that it is busy when 4,000 wait", async () => {
    const { lane, batches } = manualLane();
    const sends = Array.from({ length: 4_000 }, (_, n) => lane.push(request(`${n}`)));
    await expect(lane.push(request("one too many"))).rejects.toMatchObject({
      code: "overloaded",
      details: { retryAfterMs: 500 },
    });
    for (let n = 0; n < 20; n += 1) {
      await turn();
      batches[n]?.commit();
    }
    await expect(Promise.all(sends)).resolves.toHaveLength(4_000);
  });

  it("lets only the one suffer that is to blame", async () => {
    const runs: number[] = [];
    const lane = new AppendLane(async (batch) => {
      runs.push(batch.length);
      if (batch.some(({ request }) => request.clientMessageId === "bad")) throw new Error("broken");
      settle(batch);
    });
    const results = await Promise.allSettled(["a", "b", "bad", "c"].map((id) => lane.push(request(id))));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(runs).toEqual([4, 1, 1, 1, 1]);
  });

  it("refuses a whole batch when the database cannot be reached, and goes on afterwards", async () => {
    const { lane, batches } = manualLane();
    const sends = ["a", "b", "c"].map((id) => lane.push(request(id)));
    await turn();
    batches[0]?.fail(new AppError("unavailable"));
    const results = await Promise.allSettled(sends);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(batches).toHaveLength(1);
    const next = lane.push(request("d"));
    await turn();
    batches[1]?.commit();
    await next;
  });

  it("brings everything that waits to its end when it drains, and takes no more", async () => {
    const { lane, batches } = manualLane();
    const sends = [lane.push(request("a"))];
    await turn();
    sends.push(lane.push(request("b")));
    let drained = false;
    const draining = lane.drain().then(() => (drained = true));
    await expect(lane.push(request("late"))).rejects.toMatchObject({ code: "unavailable" });
    batches[0]?.commit();
    await turn();
    expect(drained).toBe(false);
    batches[1]?.commit();
    await draining;
    await Promise.all(sends);
  });
});
