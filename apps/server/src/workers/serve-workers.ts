import { AggregatorRegistry } from "prom-client";
import { MemoryPresenceBoard } from "../features/presence/memory-presence-board.ts";
import type { Clock } from "../platform/clock.ts";
import { createMemoryRateLimiter } from "../platform/limits/memory-rate-limiter.ts";
import { type Answers, IpcChannel, type IpcPort } from "./ipc-channel.ts";
import type { PrimaryCalls, WorkerCalls } from "./worker-calls.ts";

/** Characters of notes that may be on their way to a worker that does not read. */
const MAX_ON_THE_WAY = 16 * 1024 * 1024;
/** A worker that is too busy to tell its metrics within this time is left out. */
const METRICS_WITHIN_MS = 2_000;

export type WorkerChannel = IpcChannel<WorkerCalls, PrimaryCalls>;

interface Member {
  readonly channel: WorkerChannel;
  onTheWay: number;
  /** Something was not passed on: it is to hear of that as soon as it reads again. */
  missedSome: boolean;
}

/** What the primary does for its workers: it holds what they share, and passes on what they tell each other. */
export class WorkerServices {
  readonly #members = new Set<Member>();
  readonly #limiter = createMemoryRateLimiter();
  readonly #board: MemoryPresenceBoard;
  #joined = 0;

  constructor(clock: Clock) {
    this.#board = new MemoryPresenceBoard(clock);
  }

  /** Takes a worker in, until its pipe closes. `onReady`: it takes requests now. */
  admit(port: IpcPort, onReady: () => void): WorkerChannel {
    this.#joined += 1;
    const channel: WorkerChannel = new IpcChannel(port, this.#answersFor(`worker ${this.#joined}`, onReady));
    const member: Member = { channel, onTheWay: 0, missedSome: false };
    this.#members.add(member);
    channel.onNote((text) => this.#passOn(member, text));
    port.onClosed(() => {
      this.#members.delete(member);
      // What it had to tell last may be lost with it.
      this.#passOn(member, null);
    });
    return channel;
  }

  #answersFor(processId: string, onReady: () => void): Answers<PrimaryCalls> {
    const board = this.#board.of(processId);
    return {
      ready: async () => {
        onReady();
        return null;
      },
      take: (takes) =>
        Promise.all(
          takes.map(({ key, count, seconds, points }) => this.#limiter.take(key, { count, seconds }, points)),
        ),
      join: () => board.join(),
      beat: (entries) => board.beat(entries),
      look: (userIds) => board.look(userIds),
      metrics: () => this.#renderMetrics(),
    };
  }

  #passOn(from: Member, text: string | null): void {
    for (const member of this.#members) if (member !== from) void this.#give(member, text);
  }

  async #give(member: Member, text: string | null): Promise<void> {
    const size = text?.length ?? 0;
    if (member.onTheWay + size > MAX_ON_THE_WAY) {
      member.missedSome = true;
      return;
    }
    member.onTheWay += size;
    await member.channel.note(text).catch(() => {});
    member.onTheWay -= size;
    if (!member.missedSome || member.onTheWay > 0) return;
    member.missedSome = false;
    await member.channel.note(null).catch(() => {});
  }

  async #renderMetrics(): Promise<string> {
    const asked = [...this.#members].map(({ channel }) => {
      const late = new Promise<null>((resolve) => setTimeout(resolve, METRICS_WITHIN_MS, null).unref());
      return Promise.race([channel.ask("metrics", null), late]).catch(() => null);
    });
    const answers = (await Promise.all(asked)).filter((values) => values !== null);
    return AggregatorRegistry.aggregate(answers.map((values) => [...values])).metrics();
  }
}
