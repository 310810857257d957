import { setTimeout as sleep } from "node:timers/promises";
import { Histogram, type Percentiles } from "../../histogram.ts";
import type { TextSocket } from "../../wire/web-socket.ts";
import { tokenFor, type World } from "../start-world.ts";
import { openMemberSocket } from "./member-socket.ts";

const PAIRS = 25;

/** People who stay and write at a fixed rate, whatever becomes of it: times count from when a message was due. */
export interface Stayers {
  /** Acknowledgements, in milliseconds, of the messages that came due until `end` settled. */
  measure(end: Promise<unknown>): Promise<Percentiles>;
  stop(): Promise<void>;
}

interface Sender {
  readonly conversationId: string;
  socket: TextSocket | null;
}

export async function startStayers(world: World, perSecond: number): Promise<Stayers> {
  const dueAt = new Map<number, number>();
  let histogram = new Histogram();
  const stopping = new AbortController();
  const onAnswer = (number: number) => {
    const due = dueAt.get(number);
    if (due !== undefined) histogram.record(performance.now() - due);
    dueAt.delete(number);
  };
  const senders = await connectPairs(world, onAnswer);
  const run = async () => {
    let number = 0;
    for (let due = performance.now(); !stopping.signal.aborted; await sleep(1)) {
      for (const now = performance.now(); due <= now; due += 1_000 / perSecond) {
        dueAt.set(number, due);
        send(senders[number % senders.length], number);
        number += 1;
      }
    }
  };
  const running = run();
  return {
    measure: async (end) => {
      histogram = new Histogram();
      await end;
      // What is still unanswered counts as well, with the time that it has taken so far or takes.
      const patience = performance.now() + 10_000;
      const last = Math.max(...dueAt.keys());
      while (performance.now() < patience && [...dueAt.keys()].some((number) => number <= last)) await sleep(5);
      return histogram.percentiles();
    },
    stop: async () => {
      stopping.abort();
      await running;
      for (const { socket } of senders) socket?.destroy();
    },
  };
}

function send(sender: Sender | undefined, number: number): void {
  const clientMessageId = `0190${Date.now().toString(16).padStart(8, "0").slice(-8)}-${number}`;
  const input = { conversationId: sender?.conversationId, clientMessageId, content: "Is the second draft ready?" };
  sender?.socket?.send(`42${number}["message:send",${JSON.stringify(input)}]`);
}

async function connectPairs(world: World, onAnswer: (number: number) => void): Promise<Sender[]> {
  const { rows } = await world.sql(
    `WITH people AS (INSERT INTO users (id, name) SELECT 'stayer-' || n, 'Stayer ' || n FROM generate_series(0, $1::int * 2 - 1) n),
     made AS (
       INSERT INTO conversations (id, type) SELECT gen_random_uuid(), 'group' FROM generate_series(1, $1::int) RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () - 1 AS n FROM made)
     SELECT id, 'stayer-' || (2 * n + side) AS user_id FROM numbered, generate_series(0, 1) side`,
    [PAIRS],
  );
  for (const { id, user_id } of rows) {
    await world.sql(
      "INSERT INTO participants (conversation_id, user_id, role, joined_version) VALUES ($1, $2, 'member', 1)",
      [id, user_id],
    );
  }
  const senders: Sender[] = [];
  for (const { id, user_id } of rows as { id: string; user_id: string }[]) {
    senders.push({ conversationId: id, socket: await openMemberSocket(world.port, tokenFor(user_id), onAnswer) });
  }
  return senders;
}
