import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Device } from "../devices/device.ts";
import { CANARY } from "../history/canary.ts";
import type { HistoryWriter } from "../history/history-file.ts";
import type { Operation, Sighting } from "../history/history.ts";
import type { Random } from "../world/random.ts";
import { attempt, type Outcome } from "./attempt.ts";

const WORDS = ["Grüße", "日本語", "👍🏽", "‏שלום", "line\nbreak", "<b>&amp;", "'; DROP", "plain"] as const;
/** How often, of all things done: some are done again although they were acknowledged, some give up before the answer can be there. */
const REPEATED_ANYWAY = 0.05;
const IMPATIENT = 0.1;
const BY_HTTP = 0.25;
/** Beside each message, with these probabilities. */
const EDITS = 0.15;
const DELETES = 0.08;
const MOVES = 0.25;
const READS = 0.12;
const LOOKS = 0.08;
const TYPES = 0.1;
const REMEMBERED = 20;
const PATIENCE_MS = 8_000;

export interface Writing {
  readonly device: Device;
  readonly conversationId: string;
  readonly history: HistoryWriter;
  readonly random: Random;
  /** Mean pause between two messages, in milliseconds. */
  readonly pauseMs: number;
  readonly isOver: () => boolean;
}

/**
 * Writes to one conversation until it is over, one thing after the other, and each until it is acknowledged: messages (always
 * under their first clientMessageId), edits and deletions of own ones, read positions forward and back, reads. By socket or
 * HTTP, on this server or another, as it comes.
 */
export async function writeUntil(writing: Writing): Promise<void> {
  const { device, conversationId, random, pauseMs, isOver } = writing;
  const own: Sighting[] = [];
  for (let n = 1; !isOver(); n += 1) {
    const body = `${CANARY} ${device.userId} ${n} ${random.pick(WORDS)} ${randomUUID()}`;
    const outcome = await insist(writing, { do: "send", conversationId, clientMessageId: randomUUID(), body });
    if (outcome.is === "done" && outcome.answer.message) own.push(outcome.answer.message);
    if (own.length > REMEMBERED) own.shift();
    for (const operation of besides(writing, own, n)) await insist(writing, operation);
    if (random.next() < TYPES) device.socket.volatile.emit("typing:start", { conversationId }, () => {});
    await sleep(random.between(0, 2 * pauseMs));
  }
}

function* besides({ device, conversationId, random }: Writing, own: Sighting[], n: number): Iterable<Operation> {
  if (random.next() < EDITS && own.length > 0) {
    const body = `${CANARY} ${device.userId} ${n} edited ${randomUUID()}`;
    yield { do: "edit", conversationId, messageId: random.pick(own).id, body };
  }
  if (random.next() < DELETES && own.length > 0) {
    const [gone] = own.splice(Math.floor(random.next() * own.length), 1);
    if (gone !== undefined) yield { do: "delete", conversationId, messageId: gone.id };
  }
  if (random.next() < MOVES) {
    const last = device.held.lastSeq(conversationId);
    // Also back, as a second device does that was away.
    yield { do: "move", conversationId, seq: random.next() < 0.4 ? Math.floor(last / 2) : last };
  }
  if (random.next() < READS) yield { do: "read", conversationId };
  if (random.next() < LOOKS) yield { do: "look", conversationId };
}

/** Until it is done, or refused for good. */
async function insist(writing: Writing, operation: Operation): Promise<Outcome> {
  const { random } = writing;
  for (;;) {
    const outcome = await tryOnce(writing, operation);
    if (outcome.is === "again") await sleep(random.between(50, 400));
    else {
      if (random.next() < REPEATED_ANYWAY) await tryOnce(writing, operation);
      return outcome;
    }
  }
}

async function tryOnce({ device, history, random }: Writing, operation: Operation): Promise<Outcome> {
  while (!device.socket.connected) await sleep(20);
  const byHttp = random.next() < BY_HTTP ? random.pick(device.ways) : null;
  const timeoutMs = random.next() < IMPATIENT ? Math.ceil(random.between(1, 30)) : PATIENCE_MS;
  return attempt(device, operation, { history, byHttp, timeoutMs });
}
