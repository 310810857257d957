import { describe, expect, it } from "vitest";
import { checkHistory } from "./check-history.ts";
import type { HistoryRecord, Sighting } from "./history.ts";
import { mutations } from "./mutate-history.ts";

const CONVERSATIONS = ["all", "pair"];
const PEOPLE = ["ana", "ben"];
const MESSAGES = 12;

const messageAt = (conversationId: string, seq: number): Sighting => ({
  conversationId,
  seq,
  version: seq + 1,
  id: `${conversationId}-${seq}`,
  clientMessageId: `key-${seq}`,
  senderId: PEOPLE[seq % 2] ?? "",
  content: `text ${seq}`,
});

/** Two people write in turns, one after the other's answer; everybody hears everything. */
function rightHistory(): HistoryRecord[] {
  const live: HistoryRecord[] = [];
  const after: HistoryRecord[] = [];
  let at = 0;
  for (const conversationId of CONVERSATIONS) {
    for (const userId of PEOPLE) live.push({ type: "member", conversationId, userId });
    for (let seq = 1; seq <= MESSAGES; seq += 1) {
      const message = messageAt(conversationId, seq);
      const send = { userId: message.senderId ?? "", conversationId, clientMessageId: message.clientMessageId };
      live.push({ type: "invoke", at: (at += 10), via: "socket", body: message.content ?? "", ...send });
      for (const userId of PEOPLE) live.push({ type: "heard", at, device: userId, userId, connection: 1, message });
      live.push({ type: "ok", at: (at += 5), message, ...send });
      after.push({ type: "stored", message });
    }
    after.push({ type: "conversation", conversationId, lastSeq: MESSAGES });
  }
  for (const device of PEOPLE) after.push(...viewOf(device));
  return [...live, ...after];
}

function viewOf(device: string): HistoryRecord[] {
  const messages = CONVERSATIONS.flatMap((id) =>
    Array.from({ length: MESSAGES }, (_, index) => messageAt(id, index + 1)),
  );
  return [
    { type: "view", device, userId: device, kind: "held" },
    ...messages.map((message): HistoryRecord => ({ type: "viewed", device, kind: "held", message })),
  ];
}

const kindsIn = async (records: Iterable<HistoryRecord>): Promise<string[]> => [
  ...new Set((await checkHistory(records)).violations.map(({ kind }) => kind)),
];

describe("a history that is right", () => {
  it("passes, and is counted", async () => {
    const report = await checkHistory(rightHistory());
    expect(report).toMatchObject({ violations: [], total: 0, sent: 24, acked: 24, stored: 24, heard: 48, repeats: 0 });
    expect(report.longestSilenceMs).toBe(15);
  });

  it("may hold a message whose answer was lost, and a repeat with the same answer", async () => {
    const records = rightHistory();
    const first = records.find(({ type }) => type === "ok");
    const invoked = records.find(({ type }) => type === "invoke");
    if (first === undefined || invoked === undefined) throw new Error("nothing was sent");
    expect(await kindsIn(records.filter((record) => record !== first))).toEqual([]);
    expect(await kindsIn(records.flatMap((record) => (record === first ? [first, invoked, first] : [record])))).toEqual(
      [],
    );
  });

  it("may lack a message that was never acknowledged, as long as there is no hole", async () => {
    const lost = { userId: "ana", conversationId: "all", clientMessageId: "lost on the way" };
    const tried: HistoryRecord = { type: "invoke", at: 1, via: "http", body: "hello?", ...lost };
    expect(await kindsIn([tried, { type: "unknown", at: 2, why: "timeout", ...lost }, ...rightHistory()])).toEqual([]);
  });

  it("may hear less than everything, and hear from the start on the next connection", async () => {
    const records = rightHistory().filter((record) => record.type !== "heard" || record.message.seq % 3 === 0);
    const again: HistoryRecord = {
      type: "heard",
      at: 999,
      device: "ana",
      userId: "ana",
      connection: 2,
      message: messageAt("all", 1),
    };
    expect(await kindsIn([...records, again])).toEqual([]);
  });
});

describe("a history that is wrong", () => {
  it.each(mutations.map((mutation) => [mutation.name, mutation] as const))("%s", async (_, { kind, mutate }) => {
    expect(await kindsIn(mutate(rightHistory()))).toContain(kind);
  });

  it("a refusal is told", async () => {
    const send = { userId: "ana", conversationId: "all", clientMessageId: "key-1" };
    expect(await kindsIn([...rightHistory(), { type: "refused", at: 1, code: "not_found", ...send }])).toEqual([
      "refused",
    ]);
  });

  it("one sender's messages change places, although nobody else writes", async () => {
    const records = rightHistory().filter((record) => record.type !== "ok");
    const changed = mutations.find(({ name }) => name === "two messages change places for everybody")?.mutate(records);
    expect(await kindsIn(changed ?? [])).toEqual(["order"]);
  });

  it("a view is missing a conversation altogether", async () => {
    const records = rightHistory().filter(
      (record) => record.type !== "viewed" || record.device !== "ben" || record.message.conversationId !== "pair",
    );
    expect(await kindsIn(records)).toEqual(["lost"]);
  });
});
