import type { ServerEvent } from "@parley/protocol";
import { buildConversation, buildMessage, buildUser, ManualClock } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { applyEvent } from "./apply-event.ts";
import { EventGate } from "./event-gate.ts";
import { initialState } from "./initial-state.ts";
import type { ChatState } from "./state.ts";

function startGate(version: number | null = 3) {
  const clock = new ManualClock();
  let state: ChatState = { ...initialState, self: buildUser({ id: "ana" }) };
  if (version !== null) {
    const payload = buildConversation({ version, lastSeq: version });
    state = applyEvent(state, { name: "conversation:new", payload });
  }
  const passed: string[] = [];
  let holes = 0;
  const gate = new EventGate({
    clock,
    getState: () => state,
    apply: (event) => {
      passed.push("version" in event.payload ? `${event.name} ${event.payload.version}` : event.name);
      state = applyEvent(state, event);
    },
    onHole: () => (holes += 1),
  });
  const jump = (to: number) => {
    state = applyEvent(state, {
      name: "conversation:updated",
      payload: buildConversation({ version: to, lastSeq: to }),
    });
  };
  return { clock, gate, passed, jump, getState: () => state, getHoles: () => holes };
}

const messageNew = (version: number): ServerEvent => ({
  name: "message:new",
  payload: buildMessage({ seq: version, version }),
});
const removed = (userId: string, version: number): ServerEvent => ({
  name: "participant:removed",
  payload: { conversationId: "c1", userId, version },
});
const opened = (version: number): ServerEvent => ({
  name: "conversation:new",
  payload: buildConversation({ version, lastSeq: version }),
});

describe("EventGate", () => {
  it("lets events through in the order of their versions, whatever the order of arrival", async () => {
    const { clock, gate, passed, getHoles } = startGate();
    for (const version of [6, 5, 4, 7]) gate.accept(messageNew(version));
    expect(passed).toEqual([4, 5, 6, 7].map((version) => `message:new ${version}`));
    await clock.advance(1_000);
    expect(getHoles()).toBe(0);
  });

  it("reports a hole that stays for 200 ms, and not one that closes before", async () => {
    const { clock, gate, getHoles } = startGate();
    gate.accept(messageNew(5));
    await clock.advance(150);
    gate.accept(messageNew(4));
    await clock.advance(200);
    expect(getHoles()).toBe(0);
    gate.accept(messageNew(7));
    await clock.advance(199);
    expect(getHoles()).toBe(0);
    await clock.advance(1);
    expect(getHoles()).toBe(1);
  });

  it("holds what belongs to an unknown conversation until the conversation comes", () => {
    const { gate, passed } = startGate(null);
    gate.accept(messageNew(2));
    expect(passed).toEqual([]);
    gate.accept(opened(1));
    expect(passed).toEqual(["conversation:new 1", "message:new 2"]);
  });

  it("lets events without a version through at once", () => {
    const { gate, passed } = startGate();
    gate.accept({
      name: "receipt:updated",
      payload: { conversationId: "c1", userId: "ben", readSeq: 1, deliveredSeq: 1 },
    });
    expect(passed).toEqual(["receipt:updated"]);
  });

  it("takes the user's own removal before anything that is missing, and lets nothing older bring it back", () => {
    const { gate, getState } = startGate();
    gate.accept(removed("ana", 9));
    expect(getState().conversations.size).toBe(0);
    gate.accept(opened(8));
    gate.accept(messageNew(9));
    expect(getState().conversations.size).toBe(0);
    expect(gate.isGone("c1", 9)).toBe(true);
    gate.accept(removed("ana", 4));
    expect(gate.isGone("c1", 9)).toBe(true);
    gate.accept(opened(10));
    expect(getState().conversations.get("c1")?.version).toBe(10);
  });

  it("after a catch-up drops what was overtaken and applies what is next", () => {
    const { gate, passed, getState, jump } = startGate();
    for (const version of [5, 7, 9]) gate.accept(messageNew(version));
    jump(6);
    gate.settle();
    expect(passed).toEqual(["message:new 5", "message:new 7"]);
    expect(getState().conversations.get("c1")?.version).toBe(7);
    gate.accept(messageNew(8));
    expect(passed.slice(2)).toEqual(["message:new 8", "message:new 9"]);
  });

  it("gives up holding when too much is held, and asks for a catch-up instead", async () => {
    const { clock, gate, getHoles } = startGate();
    for (let version = 5; version <= 505; version += 1) gate.accept(messageNew(version));
    expect(getHoles()).toBe(1);
    gate.close();
    await clock.advance(1_000);
    expect(clock.pending).toBe(0);
  });
});
