import type { OutboxMessage } from "@parley/client";
import type { Conversation, Message } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import {
  buildTimeline,
  deliveryStatus,
  groupByDay,
  placementOf,
  positionsOfOthers,
  unansweredFrom,
} from "./timeline.ts";

function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversationId: "c",
    seq,
    version: seq,
    clientMessageId: `client-${seq}`,
    senderId: "ana",
    kind: "text",
    content: `Message ${seq}`,
    replyTo: null,
    mentions: [],
    reactions: [],
    pinnedAt: null,
    createdAt: new Date(2026, 10, 20, 10, seq).toISOString(),
    editedAt: null,
    deletedAt: null,
    ...change,
  };
}

function waiting(clientMessageId: string, change: Partial<OutboxMessage> = {}): OutboxMessage {
  const createdAt = new Date(2026, 10, 20, 11).toISOString();
  return {
    clientMessageId,
    conversationId: "c",
    content: "Later",
    replyTo: null,
    mentions: [],
    createdAt,
    status: "pending",
    problem: null,
    ...change,
  };
}

const person = (id: string, readSeq: number, deliveredSeq: number) => ({
  user: { id, name: id, picture: null, role: null },
  role: "member" as const,
  readSeq,
  deliveredSeq,
});
const conversationOf = (...participants: ReturnType<typeof person>[]) => ({ participants }) as unknown as Conversation;

describe("buildTimeline", () => {
  it("puts what waits behind what is confirmed", () => {
    const entries = buildTimeline([message(1)], [waiting("x")], "ana");
    expect(entries.map((entry) => entry.message?.seq ?? entry.outbox?.clientMessageId)).toEqual([1, "x"]);
  });

  it("shows a message once, under the same key, before and after it is confirmed", () => {
    const before = buildTimeline([], [waiting("client-1")], "ana");
    const meanwhile = buildTimeline([message(1)], [waiting("client-1")], "ana");
    const after = buildTimeline([message(1)], [], "ana");
    expect(meanwhile).toHaveLength(1);
    expect(before[0]?.key).toBe(meanwhile[0]?.key);
    expect(after[0]?.key).toBe(before[0]?.key);
  });

  it("keeps the same clientMessageId of two people apart", () => {
    const entries = buildTimeline([message(1, { senderId: "ben" })], [waiting("client-1")], "ana");
    expect(new Set(entries.map((entry) => entry.key)).size).toBe(2);
  });
});

describe("placementOf", () => {
  const placements = (...messages: Message[]) => {
    const entries = buildTimeline(messages, [], "ana");
    return entries.map((_, index) => {
      const { first, last } = placementOf(entries, index, "ana");
      return `${first ? "[" : "-"}${last ? "]" : "-"}`;
    });
  };

  it("joins messages of one sender within five minutes", () => {
    expect(placements(message(1), message(3), message(8))).toEqual(["[-", "--", "-]"]);
  });

  it("begins anew after more than five minutes, for another sender, and around a system message", () => {
    expect(placements(message(1), message(7))).toEqual(["[]", "[]"]);
    expect(placements(message(1), message(2, { senderId: "ben" }))).toEqual(["[]", "[]"]);
    expect(placements(message(1), message(2, { kind: "system", senderId: null }), message(3))).toEqual([
      "[]",
      "[]",
      "[]",
    ]);
  });

  it("does not join across midnight", () => {
    const late = message(1, { createdAt: new Date(2026, 10, 20, 23, 59).toISOString() });
    const early = message(2, { createdAt: new Date(2026, 10, 21, 0, 1).toISOString() });
    expect(placements(late, early)).toEqual(["[]", "[]"]);
  });

  it("joins an own waiting message to the own one before it", () => {
    const entries = buildTimeline([message(1)], [waiting("x", { createdAt: message(2).createdAt })], "ana");
    expect(placementOf(entries, 1, "ana")).toEqual({ first: false, last: true });
  });
});

describe("groupByDay", () => {
  it("cuts at midnight and tells where each day begins", () => {
    const entries = buildTimeline(
      [message(1), message(2), message(3, { createdAt: new Date(2026, 10, 21, 9).toISOString() })],
      [],
      "ana",
    );
    expect(groupByDay(entries).map((day) => [day.start, day.entries.length])).toEqual([
      [0, 2],
      [2, 1],
    ]);
  });

  it("leaves a waiting message at the end although the clock of the device is late", () => {
    const late = waiting("x", { createdAt: new Date(2026, 10, 19, 9).toISOString() });
    const days = groupByDay(buildTimeline([message(1)], [late], "ana"));
    expect(days).toHaveLength(1);
    expect(days[0]?.entries).toHaveLength(2);
  });
});

describe("deliveryStatus", () => {
  const entryOf = (seq: number) => ({ key: "k", message: message(seq), outbox: null });
  const statusIn = (conversation: Conversation, seq: number) =>
    deliveryStatus(entryOf(seq), positionsOfOthers(conversation, "ana"));

  it("is told by the position of the other one", () => {
    const conversation = conversationOf(person("ana", 9, 9), person("ben", 2, 4));
    expect([2, 3, 4, 5].map((seq) => statusIn(conversation, seq))).toEqual(["read", "delivered", "delivered", "sent"]);
  });

  it("needs all of the others in a group", () => {
    const conversation = conversationOf(person("ana", 9, 9), person("ben", 5, 5), person("cleo", 1, 3));
    expect([1, 3, 4].map((seq) => statusIn(conversation, seq))).toEqual(["read", "delivered", "sent"]);
  });

  it("counts read as delivered", () => {
    expect(statusIn(conversationOf(person("ana", 0, 0), person("ben", 5, 0)), 5)).toBe("read");
    expect(positionsOfOthers(conversationOf(person("ben", 5, 0)), "ana")?.deliveredSeq).toBe(5);
  });

  it("stays at sent when nobody else is there", () => {
    expect(statusIn(conversationOf(person("ana", 9, 9)), 1)).toBe("sent");
  });

  it("tells what waits and what failed", () => {
    const entry = (status: "pending" | "failed") => ({ key: "k", message: null, outbox: waiting("x", { status }) });
    expect(deliveryStatus(entry("pending"), null)).toBe("pending");
    expect(deliveryStatus(entry("failed"), null)).toBe("failed");
  });
});

describe("unansweredFrom", () => {
  const told = (...senders: string[]) => senders.map((senderId, index) => message(index + 1, { senderId }));
  const lineIn = (messages: Message[], outbox: OutboxMessage[] = []) =>
    unansweredFrom(2, buildTimeline(messages, outbox, "ana"), "ana");

  it("keeps the line while its reader only reads, also above messages of others and above what they said before", () => {
    expect(lineIn(told("ana", "ben", "ben", "clara"))).toBe(2);
    expect(unansweredFrom(null, [], "ana")).toBeNull();
  });

  it("takes it away when they have answered, whatever comes after that", () => {
    expect(lineIn(told("ana", "ben", "ana"))).toBeNull();
    expect(lineIn(told("ana", "ben", "ana", "ben"))).toBeNull();
  });

  it("leaves it above what has not gone out: an old message that failed is no answer", () => {
    expect(lineIn(told("ben", "ben"), [waiting("failed", { status: "failed" })])).toBe(2);
  });
});
