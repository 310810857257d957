import { decodeNotes, encodeNotes } from "../platform/cluster/encode-notes.ts";
import { NoteQueue } from "../platform/cluster/note-queue.ts";
import type { Note, ProcessBus } from "../platform/cluster/process-bus.ts";
import type { Calls, IpcChannel } from "./ipc-channel.ts";

type Pipe = Pick<IpcChannel<Calls, Calls>, "note" | "onNote" | "isClosed">;

/**
 * Driver for the workers of one machine: the primary passes each batch on to all the others. What came in while a batch is
 * leaving is the next one. The pipe keeps the order and loses nothing; where somebody is too slow or dies, a note without
 * text says so.
 */
export function createIpcProcessBus(pipe: Pipe, onError: (error: unknown) => void): ProcessBus {
  return new IpcProcessBus(pipe, onError);
}

class IpcProcessBus implements ProcessBus {
  readonly #pipe: Pipe;
  readonly #onError: (error: unknown) => void;
  readonly #queue = new NoteQueue();
  readonly #noteListeners: ((note: Note) => void)[] = [];
  readonly #gapListeners: (() => void)[] = [];
  #flushing: Promise<void> | undefined;
  #droppedSome = false;
  #isClosed = false;

  constructor(pipe: Pipe, onError: (error: unknown) => void) {
    this.#pipe = pipe;
    this.#onError = onError;
    pipe.onNote((text) => {
      if (text === null) this.#tellGap();
      else this.#hear(text);
    });
  }

  get isWhole(): boolean {
    return !this.#pipe.isClosed;
  }

  publish(note: Note): void {
    if (this.#isClosed || this.#pipe.isClosed) return;
    if (!this.#queue.push(note)) this.#droppedSome = true;
    this.#flushing ??= this.#flush();
  }

  onNote(listener: (note: Note) => void): void {
    this.#noteListeners.push(listener);
  }

  onGap(listener: () => void): void {
    this.#gapListeners.push(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    // The notes of one tick go together.
    await Promise.resolve();
    while (!this.#queue.isEmpty || this.#droppedSome) {
      const text = this.#droppedSome ? null : encodeNotes(this.#queue.take());
      this.#droppedSome = false;
      // It fails when the primary is gone, and then this worker is about to stop.
      await this.#pipe.note(text).catch(this.#onError);
    }
    this.#flushing = undefined;
  }

  #hear(text: string): void {
    let notes: Note[] = [];
    try {
      notes = decodeNotes(text);
    } catch (error) {
      this.#onError(error);
      this.#tellGap();
    }
    for (const note of notes) for (const listener of this.#noteListeners) this.#quietly(() => listener(note));
  }

  #tellGap(): void {
    for (const listener of this.#gapListeners) this.#quietly(listener);
  }

  #quietly(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#onError(error);
    }
  }
}
