import type { Message, ServerEvent } from "@parley/protocol";
import { clientOptions, ManualClock, MemoryServer } from "@parley/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatClient } from "./chat-client.ts";
import { createChatClient } from "./create-chat-client.ts";

const people = ["ana", "ben", "cem"] as const;
type Person = (typeof people)[number];

type Step =
  | {
      do: "send" | "reply" | "edit" | "delete" | "restore" | "react" | "pin" | "read";
      who: Person;
      where: number;
      pick: number;
    }
  | { do: "add" | "remove" | "title" | "prefer" | "tell"; who: Person; where: number; pick: number }
  | { do: "wait" | "cut" | "digest"; who: Person; where: number; pick: number };

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(
    ...([
      "send",
      "send",
      "reply",
      "edit",
      "delete",
      "restore",
      "react",
      "pin",
      "read",
      "add",
      "remove",
      "title",
      "prefer",
      "tell",
      "wait",
      "cut",
      "digest",
    ] as const),
  ),
  who: fc.constantFrom(...people),
  where: fc.nat(1),
  pick: fc.nat(30),
});
const fate = fc.constantFrom("now", "now", "now", "drop", "twice", "later");

function act(server: MemoryServer, ids: string[], { do: what, who, where, pick }: Step): void {
  const id = ids[where] ?? "";
  const stored = server.chat.conversations.get(id);
  const takesPart = stored?.participants.some(({ userId }) => userId === who);
  if (!stored) return;
  const own = stored.messages.filter(({ senderId, deletedAt }) => senderId === who && deletedAt === null);
  const message = own[pick % Math.max(1, own.length)];
  if (what === "add") server.chat.addParticipant(id, who, pick % 2 ? "admin" : "member");
  else if (what === "title") server.chat.change(id, { title: `Title ${pick}` });
  else if (!takesPart) return;
  else if (what === "prefer" || what === "tell") setOwn(server, id, what, who, pick);
  else if (what === "remove") server.chat.removeParticipant(id, who);
  else if (what === "send") server.chat.send(who, id, `${who}-${stored.version}`, `Text ${pick}`);
  else if (what === "read") server.chat.read(who, id, pick);
  else if (what === "reply" && stored.messages.length > 0) {
    const replyToSeq = 1 + (pick % stored.messages.length);
    const input = { clientMessageId: `${who}-${stored.version}`, content: "Re", replyToSeq, mentions: [...people] };
    server.chat.messages.send(who, id, input);
  } else if (what === "react" || what === "pin") mark(server, stored.messages, what, who, pick);
  else if (what === "restore") {
    const buried = stored.messages.findLast(({ senderId, deletedAt }) => senderId === who && deletedAt !== null);
    if (buried) server.chat.messages.restore(who, buried.id);
  } else if (what === "edit" && message) server.chat.edit(who, message.id, `Edited ${pick}`);
  else if (what === "delete" && message) server.chat.delete(who, message.id);
}

function mark(
  server: MemoryServer,
  messages: readonly Message[],
  what: "react" | "pin",
  who: Person,
  pick: number,
): void {
  const alive = messages.filter(({ deletedAt }) => deletedAt === null).slice(-3);
  const message = alive[pick % Math.max(1, alive.length)];
  if (!message) return;
  if (what === "pin") server.chat.messages.pin(who, message.id, pick % 3 > 0);
  else server.chat.messages.react(who, message.id, pick % 2 ? "👍" : "🎉", pick % 5 > 0);
}

function setOwn(server: MemoryServer, id: string, what: "prefer" | "tell", who: Person, pick: number): void {
  const isSet = pick % 2 === 0;
  if (what === "tell") server.chat.own.changeSettings(who, { readReceipts: isSet });
  else server.chat.own.setPreferences(who, id, pick % 3 === 0 ? { archived: isSet } : { pinned: isSet });
}

/** What a client that has just come would see. */
function fresh(server: MemoryServer, userId: string) {
  return new Map(server.chat.of(userId).map((stored) => [stored.id, server.chat.present(userId, stored)]));
}

function expectSame(server: MemoryServer, client: ChatClient, userId: string): void {
  const state = client.store.getState();
  const truth = fresh(server, userId);
  expect([...state.conversations.values()].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...truth.values()]);
  expect(state.unreadTotal).toBe(server.chat.total(userId));
  for (const [id, window] of state.messages) {
    const all = server.chat.find(userId, id).messages;
    const first = window.items[0]?.seq ?? 1;
    const last = window.hasNewer ? (window.items.at(-1)?.seq ?? 0) : all.length;
    expect(window.items).toEqual(all.slice(first - 1, last));
  }
  for (const [id, pins] of state.pins) expect(pins).toEqual(server.chat.messages.pins(userId, id));
}

describe("a client under lost, doubled and late events", () => {
  it("ends in the state of a client that has just come", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.array(fate, { minLength: 20, maxLength: 20 }),
        async (steps, fates) => {
          const clock = new ManualClock();
          const server = new MemoryServer(clock.now);
          server.syncLimits = { messages: 6, changes: 1 };
          const everyone = people.map((userId) => ({ userId }));
          const ids = [0, 1].map(() => server.chat.open("ana", { type: "group", participants: everyone }).id);
          const client = createChatClient(clientOptions(server, "ana", clock));
          client.connect();
          await clock.advance(0);
          await Promise.all(ids.flatMap((id) => [client.messages.load(id), client.messages.loadPins(id)]));
          const late: (() => void)[] = [];
          let count = 0;
          server.faults.event = (_userId: string, _event: ServerEvent, deliver: () => void) => {
            const how = fates[count++ % fates.length];
            if (how === "now" || how === "twice") deliver();
            if (how === "twice" || how === "later") late.unshift(deliver);
          };
          for (const one of steps) {
            act(server, ids, one);
            if (one.do === "cut") server.cut("ana");
            if (one.do === "digest") server.digest("ana");
            if (one.do === "wait") {
              await clock.advance(one.pick * 20);
              for (const deliver of late.splice(0)) deliver();
            }
            if (one.pick % 3 === 0) await clock.advance(one.pick);
          }
          server.faults.event = (_userId, _event, deliver) => deliver();
          for (const deliver of late.splice(0)) deliver();
          await clock.advance(1_000);
          server.cut("ana");
          await clock.advance(3_000);
          expectSame(server, client, "ana");
          await client.close();
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
