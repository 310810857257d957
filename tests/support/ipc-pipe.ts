import type { Envelope, IpcPort } from "../../apps/server/src/workers/ipc-channel.ts";

/** What lies between the primary and a worker, in one process: everything goes through as JSON, a turn later. */
export interface Pipe {
  readonly primary: IpcPort;
  readonly worker: IpcPort;
  /** The worker does not read until `flow`. */
  stall(): void;
  flow(): void;
  /** Characters that wait for the worker. */
  waiting(): number;
  /** Both sides see the end. */
  cut(): void;
}

interface Letter {
  readonly text: string;
  readonly sent: (error: Error | null) => void;
}

export function openPipe(): Pipe {
  const ended: (() => void)[] = [];
  const toPrimary = new Lane();
  const toWorker = new Lane();
  const port = (out: Lane, into: Lane): IpcPort => ({
    send: (message: Envelope, sent) => out.put({ text: JSON.stringify(message), sent }),
    onMessage: (listener) => into.listeners.push(listener),
    onClosed: (listener) => ended.push(listener),
  });
  return {
    primary: port(toWorker, toPrimary),
    worker: port(toPrimary, toWorker),
    stall: () => {
      toWorker.isStalled = true;
    },
    flow: () => {
      toWorker.isStalled = false;
      toWorker.deliver();
    },
    waiting: () => toWorker.letters.reduce((sum, { text }) => sum + text.length, 0),
    cut: () => {
      for (const listener of ended) listener();
    },
  };
}

class Lane {
  readonly letters: Letter[] = [];
  readonly listeners: ((message: unknown) => void)[] = [];
  isStalled = false;

  put(letter: Letter): void {
    this.letters.push(letter);
    setImmediate(() => this.deliver());
  }

  deliver(): void {
    if (this.isStalled) return;
    for (const { text, sent } of this.letters.splice(0)) {
      sent(null);
      for (const listener of this.listeners) listener(JSON.parse(text));
    }
  }
}
