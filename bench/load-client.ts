// A process of its own that puts load on one server: connects the people of conversations, then runs the jobs it is given.
import { setTimeout as sleep } from "node:timers/promises";
import type { Conversation, Send } from "./drivers/driver.ts";
import { type DriverName, drivers } from "./drivers/drivers.ts";
import type { Counts, FromClient, Job, JobResult, ToClient } from "./load-job.ts";
import { LoadRun } from "./load-run.ts";

const CONNECT_AT_ONCE = 40;
const CONNECT_WITHIN_MS = 30_000;
const ANSWERED_WITHIN_MS = 15_000;
/** After the last answer: events travel beside the answers. */
const DELIVERED_WITHIN_MS = 2_000;

/** One connection, and how many others hear what it sends. */
interface Sender {
  readonly send: Send;
  readonly copies: number;
}

/** In the order in which they send: one person of every conversation, then the next of each. */
const senders: Sender[] = [];
const run = new LoadRun();

async function connect(name: DriverName, url: string, conversations: readonly Conversation[]): Promise<void> {
  const size = conversations[0]?.people.length ?? 0;
  const seats = Array.from({ length: size }, (_, side) =>
    conversations.map((conversation) => ({ url, conversation, side })),
  ).flat();
  for (let at = 0; at < seats.length; at += CONNECT_AT_ONCE) {
    const some = seats.slice(at, at + CONNECT_AT_ONCE).map(async (seat, offset) => {
      const index = at + offset;
      const onAnswer = (number: number, ok: boolean) => run.answered(number, ok);
      const onMessage = (number: number) => run.heard(index, number);
      const send = await withPatience(() => drivers[name](seat, { onAnswer, onMessage, onClose: fail }));
      return { send, copies: size - 1 };
    });
    senders.push(...(await Promise.all(some)));
  }
}

/** A busy server may say: later. */
async function withPatience(connect: () => Promise<Send>): Promise<Send> {
  const until = performance.now() + CONNECT_WITHIN_MS;
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(200 + 400 * Math.random());
    }
  }
}

function sendNext(due: number): void {
  const index = run.next % senders.length;
  const sender = senders[index];
  if (sender === undefined) throw new Error("Nobody is connected.");
  sender.send(run.send(due, index, sender.copies));
}

async function runJob({ load, warmUpSeconds, seconds }: Job): Promise<JobResult> {
  const begin = run.begin(warmUpSeconds * 1_000, seconds * 1_000);
  const marks = tellMarks(warmUpSeconds, seconds);
  if (load.kind === "open") await sendWhenDue(begin, load.rate);
  else if (load.kind === "closed") await keepInFlight(load.inFlight);
  else await sendBursts(load.messages);
  const { began, ended } = await marks;
  const patience = performance.now() + ANSWERED_WITHIN_MS;
  while (run.underWay > 0 && performance.now() < patience) await sleep(5);
  const soon = performance.now() + DELIVERED_WITHIN_MS;
  while (run.undelivered > 0 && performance.now() < soon) await sleep(5);
  return run.result(began, ended);
}

async function tellMarks(warmUpSeconds: number, seconds: number): Promise<{ began: Counts; ended: Counts }> {
  await sleep(warmUpSeconds * 1_000);
  const began = run.counts();
  tell({ type: "measuring", counts: began });
  await sleep(seconds * 1_000);
  const ended = run.counts();
  tell({ type: "measured", counts: ended });
  return { began, ended };
}

async function sendWhenDue(begin: number, rate: number): Promise<void> {
  const interval = 1_000 / rate;
  for (let due = begin; due < run.until; ) {
    for (const now = performance.now(); due <= now && due < run.until; due += interval) sendNext(due);
    await sleep(1);
  }
}

async function keepInFlight(inFlight: number): Promise<void> {
  run.onAnswered = () => {
    const now = performance.now();
    if (now < run.until) sendNext(now);
  };
  for (let n = 0; n < inFlight; n += 1) sendNext(performance.now());
  await sleep(run.until - performance.now());
}

async function sendBursts(messages: number): Promise<void> {
  const sendBurst = () => {
    const now = performance.now();
    for (let n = 0; n < messages && now < run.until; n += 1) sendNext(now);
  };
  const next = () => {
    if (run.undelivered === 0 && run.underWay === 0) sendBurst();
  };
  run.onAnswered = next;
  run.onDelivered = next;
  sendBurst();
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
      ? connect(message.driver, message.url, message.conversations).then(() => tell({ type: "connected" }))
      : runJob(message.job).then((result) => tell({ type: "result", result }));
  work.catch(fail);
});
process.on("disconnect", () => process.exit(0));
