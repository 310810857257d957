// A process of its own that puts load on one server: connects two people a conversation, then runs the jobs it is given.
import { setTimeout as sleep } from "node:timers/promises";
import { Histogram } from "./histogram.ts";
import { connectLean, type LeanSocket } from "./lean-socket.ts";
import type { FromClient, Job, JobResult, Pair, ToClient } from "./load-job.ts";

const CONNECT_AT_ONCE = 40;
const ANSWERED_WITHIN_MS = 30_000;
/** After the last answer. */
const DELIVERED_WITHIN_MS = 2_000;
/** Numbers of messages under way at the same time differ in these bits. */
const SLOTS = 1 << 20;
const TEXT = "Hello, is the second draft ready? We would like to look at it before the weekend, if that suits you.";

/** Like a UUIDv7: the time first. */
const now48 = Date.now().toString(16).padStart(12, "0");
const idPrefix = `${now48.slice(0, 8)}-${now48.slice(8)}-7000-8000-`;

interface Sender {
  readonly socket: LeanSocket;
  /** What a message says before and after its number. */
  readonly before: string;
  readonly after: string;
}

const senders: Sender[] = [];
const dueAt = new Float64Array(SLOTS);
/** Who sent it, so that the own copy does not count as delivered. */
const sentBy = new Uint32Array(SLOTS);
/** What has come back of it: every answer and every delivery is wanted exactly once. */
const seen = new Uint8Array(SLOTS);
const ANSWERED = 1;
const DELIVERED = 2;
let nextNumber = 1;
let run = startRun();

function startRun() {
  return {
    ack: new Histogram(),
    delivered: new Histogram(),
    from: Number.POSITIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    first: nextNumber,
    sent: 0,
    acked: 0,
    refused: 0,
    heard: 0,
    wrong: 0,
    ackedInTime: 0,
    underWay: 0,
    onSettled: () => {},
  };
}

async function connect(url: string, pairs: readonly Pair[]): Promise<void> {
  const people = pairs.flatMap(({ conversationId, people }) => people.map(({ token }) => ({ conversationId, token })));
  for (let at = 0; at < people.length; at += CONNECT_AT_ONCE) {
    const some = people.slice(at, at + CONNECT_AT_ONCE).map(async ({ conversationId, token }, offset) => {
      const index = at + offset + 1;
      const onMessage = (number: number) => heard(index, number);
      const socket = await connectLean(url, token, { onAnswer: answered, onMessage, onClose: fail });
      const before = `{"conversationId":"${conversationId}","clientMessageId":"${idPrefix}`;
      return { socket, before, after: `","content":"${TEXT}"}` };
    });
    senders.push(...(await Promise.all(some)));
  }
}

/** The warm-up is not. */
const isCounted = (at: number): boolean => at >= run.from && at < run.until;

/** Goes round the conversations, first one side, then the other. */
function sendNext(due: number): void {
  const number = nextNumber++;
  const pairs = senders.length / 2;
  const index = 2 * (number % pairs) + (Math.floor(number / pairs) % 2);
  const sender = senders[index];
  if (sender === undefined) throw new Error("Nobody is connected.");
  const slot = number % SLOTS;
  dueAt[slot] = due;
  sentBy[slot] = index + 1;
  seen[slot] = 0;
  run.underWay += 1;
  if (isCounted(due)) run.sent += 1;
  const payload = sender.before + number.toString(16).padStart(12, "0") + sender.after;
  sender.socket.command(number, "message:send", payload);
}

function answered(number: number, ok: boolean): void {
  if (number < run.first || !isFirst(number, ANSWERED)) return;
  const due = dueAt[number % SLOTS] ?? 0;
  const now = performance.now();
  run.underWay -= 1;
  if (ok && isCounted(now)) run.ackedInTime += 1;
  if (isCounted(due)) {
    if (ok) {
      run.acked += 1;
      run.ack.record(now - due);
    } else run.refused += 1;
  }
  run.onSettled();
}

function heard(index: number, number: number): void {
  const slot = number % SLOTS;
  if (number < run.first || sentBy[slot] === index || !isFirst(number, DELIVERED)) return;
  const due = dueAt[slot] ?? 0;
  if (!isCounted(due)) return;
  run.heard += 1;
  run.delivered.record(performance.now() - due);
}

/** A second answer, a second delivery, or one of a message that was never sent is wrong. */
function isFirst(number: number, what: number): boolean {
  const slot = number % SLOTS;
  const before = seen[slot] ?? 0;
  seen[slot] = before | what;
  const isRight = number < nextNumber && (before & what) === 0;
  if (!isRight) run.wrong += 1;
  return isRight;
}

async function runJob({ load, warmUpSeconds, seconds }: Job): Promise<JobResult> {
  run = startRun();
  const begin = performance.now();
  run.from = begin + warmUpSeconds * 1_000;
  run.until = run.from + seconds * 1_000;
  const marks = tellMarks(warmUpSeconds, seconds);
  if (load.kind === "open") await sendWhenDue(begin, load.rate);
  else await keepInFlight(load.inFlight);
  await marks;
  const patience = performance.now() + ANSWERED_WITHIN_MS;
  while (run.underWay > 0 && performance.now() < patience) await sleep(5);
  // Events travel beside the answers: the last ones may still be on their way.
  const soon = performance.now() + DELIVERED_WITHIN_MS;
  while (run.heard < run.acked && performance.now() < soon) await sleep(5);
  const { sent, acked, refused, heard, wrong, ackedInTime, ack, delivered } = run;
  return {
    sent,
    acked,
    refused,
    unanswered: sent - acked - refused,
    undelivered: acked - heard,
    wrong,
    ackedPerSecond: ackedInTime / seconds,
    ack: ack.percentiles(),
    delivered: delivered.percentiles(),
  };
}

async function tellMarks(warmUpSeconds: number, seconds: number): Promise<void> {
  await sleep(warmUpSeconds * 1_000);
  tell({ type: "measuring" });
  const before = run.ackedInTime;
  await sleep(seconds * 1_000);
  tell({ type: "measured", acked: run.ackedInTime - before });
}

async function sendWhenDue(begin: number, rate: number): Promise<void> {
  const interval = 1_000 / rate;
  for (let due = begin; due < run.until; ) {
    for (const now = performance.now(); due <= now && due < run.until; due += interval) sendNext(due);
    await sleep(1);
  }
}

async function keepInFlight(inFlight: number): Promise<void> {
  run.onSettled = () => {
    const now = performance.now();
    if (now < run.until) sendNext(now);
  };
  for (let n = 0; n < inFlight; n += 1) sendNext(performance.now());
  await sleep(run.until - performance.now());
}

function fail(error: unknown): never {
  console.error("The load client failed.", error);
  process.exit(1);
}

const tell = (message: FromClient): void => void process.send?.(message);

process.on("message", (message: ToClient) => {
  const work =
    message.type === "connect"
      ? connect(message.url, message.pairs).then(() => tell({ type: "connected" }))
      : runJob(message.job).then((result) => tell({ type: "result", result }));
  work.catch(fail);
});
process.on("disconnect", () => process.exit(0));
