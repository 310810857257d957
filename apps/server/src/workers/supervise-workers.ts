import type { IpcPort } from "./ipc-channel.ts";
import type { WorkerChannel, WorkerServices } from "./serve-workers.ts";

/** A forked process. */
export interface Fork {
  readonly port: IpcPort;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

interface Supervision {
  readonly count: number;
  readonly services: WorkerServices;
  fork(slot: number): Fork;
  /** A worker ended although nobody told it to. */
  onDeath(slot: number, code: number | null): void;
}

const FIRST_RESTART_MS = 100;
const MAX_RESTART_MS = 5_000;
/** Who lived so long has not died of its start. */
const SETTLED_MS = 10_000;
/** Workers that have not stopped by then are killed: who supervises us has little patience too. */
const STOP_WITHIN_MS = 8_000;

/** Each worker is asked this often whether it lives; one that is silent for so long is killed, and started again. */
const PING_MS = 10_000;
const SILENT_MS = 30_000;

interface Running {
  readonly fork: Fork;
  readonly channel: WorkerChannel;
  readonly ended: Promise<void>;
}

/** Keeps so many workers running: one that dies is started again, later each time when it dies at once. */
export class WorkerSupervisor {
  readonly #given: Supervision;
  readonly #running = new Map<number, Running>();
  readonly #failures = new Map<number, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #hasStarted = false;
  #isStopping = false;

  constructor(given: Supervision) {
    this.#given = given;
  }

  /**
   * Resolves when all take requests.
   * @throws Error when one ends before; the others have been stopped then
   */
  async start(): Promise<void> {
    const slots = Array.from({ length: this.#given.count }, (_, slot) => slot);
    const ready = slots.map((slot) => new Promise<void>((resolve) => this.#launch(slot, resolve)));
    const oneEnded = Promise.race([...this.#running.values()].map(({ ended }) => ended)).then(() => {
      if (!this.#hasStarted) throw new Error("A worker ended at its start.");
    });
    try {
      await Promise.race([Promise.all(ready), oneEnded]);
      this.#hasStarted = true;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Tells all to stop, and resolves when none is left. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const timer of this.#timers) clearTimeout(timer);
    const running = [...this.#running.values()];
    for (const { channel, fork } of running) channel.ask("stop", null).catch(() => fork.kill());
    const impatience = setTimeout(() => {
      for (const { fork } of running) fork.kill();
    }, STOP_WITHIN_MS);
    await Promise.all(running.map(({ ended }) => ended));
    clearTimeout(impatience);
  }

  #launch(slot: number, onReady: () => void): void {
    const startedAt = performance.now();
    const fork = this.#given.fork(slot);
    const channel = this.#given.services.admit(fork.port, () => {
      onReady();
      watch(fork, channel);
    });
    const ended = new Promise<void>((resolve) => {
      fork.onExit((code) => {
        this.#running.delete(slot);
        resolve();
        if (this.#hasStarted && !this.#isStopping) this.#restart(slot, code, performance.now() - startedAt);
      });
    });
    this.#running.set(slot, { fork, channel, ended });
  }

  #restart(slot: number, code: number | null, livedMs: number): void {
    const failures = livedMs < SETTLED_MS ? (this.#failures.get(slot) ?? 0) + 1 : 1;
    this.#failures.set(slot, failures);
    this.#given.onDeath(slot, code);
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.#launch(slot, () => {});
      },
      Math.min(FIRST_RESTART_MS * 2 ** (failures - 1), MAX_RESTART_MS),
    );
    this.#timers.add(timer);
  }
}

function watch(fork: Fork, channel: WorkerChannel): void {
  const ask = async (): Promise<void> => {
    const silence = setTimeout(() => fork.kill(), SILENT_MS);
    await channel.ask("ping", null).catch(() => {});
    clearTimeout(silence);
  };
  const timer = setInterval(() => void ask(), PING_MS);
  fork.onExit(() => clearInterval(timer));
}
