import { describe, expect, it } from "vitest";
import { EventFrame } from "../realtime/event-frame.ts";
import { NoteQueue } from "./note-queue.ts";
import type { Note } from "./process-bus.ts";

const small = (version: number): Note => ({
  kind: "access",
  conversationId: "order",
  userId: "anna",
  version,
  revoked: true,
});
const large: Note = {
  kind: "event",
  to: { kind: "users", userIds: ["anna"] },
  frame: EventFrame.received("message:new", `2["message:new",{"content":"${"x".repeat(100_000)}"}]`),
};

describe("notes that wait", () => {
  it("leave in batches, in their order", () => {
    const queue = new NoteQueue();
    const notes = Array.from({ length: 2_500 }, (_, version) => small(version));
    for (const note of notes) expect(queue.push(note)).toBe(true);
    const batches = [];
    while (!queue.isEmpty) batches.push(queue.take());
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.flat()).toEqual(notes);
  });

  it("leave alone when they are large", () => {
    const queue = new NoteQueue();
    for (let n = 0; n < 3; n += 1) queue.push(large);
    expect([queue.take().length, queue.take().length, queue.take().length, queue.take().length]).toEqual([1, 1, 1, 0]);
  });

  it("are thrown away together when there are too many, and there is room again", () => {
    const queue = new NoteQueue();
    for (let n = 0; n < 10_000; n += 1) expect(queue.push(small(n))).toBe(true);
    expect(queue.push(small(10_000))).toBe(false);
    expect(queue.isEmpty).toBe(true);
    let pushed = 0;
    while (queue.push(large)) pushed += 1;
    expect(pushed).toBeGreaterThan(100);
    expect(pushed).toBeLessThan(200);
    expect(queue.push(small(1))).toBe(true);
    expect(queue.take()).toHaveLength(1);
  });
});
