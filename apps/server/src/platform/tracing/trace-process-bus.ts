import type { Note, ProcessBus } from "../cluster/process-bus.ts";
import type { Tracing } from "./tracing.ts";

/** A span at each end of a note's way to the other processes; the note carries the trace. */
export function traceProcessBus(tracing: Tracing, bus: ProcessBus): ProcessBus {
  const listeners: ((note: Note) => void)[] = [];
  bus.onNote((note) => {
    const take = () => tellAll(listeners, note);
    if (note.traceparent === undefined) take();
    else tracing.span(`receive ${nameOf(note)}`, { kind: "consumer", parent: note.traceparent }, take);
  });
  return {
    publish: (note) => {
      if (!tracing.isRecording) bus.publish(note);
      else tracing.span(`publish ${nameOf(note)}`, { kind: "producer" }, () => bus.publish(carrying(tracing, note)));
    },
    onNote: (listener) => void listeners.push(listener),
    onGap: (listener) => bus.onGap(listener),
    get isWhole() {
      return bus.isWhole;
    },
    close: () => bus.close(),
  };
}

const carrying = ({ traceparent }: Tracing, note: Note): Note =>
  traceparent === undefined ? note : { ...note, traceparent };

const nameOf = (note: Note): string => {
  if (note.kind === "event") return note.frame.name;
  return note.kind === "happened" ? note.name : note.kind;
};

/** All of them; what one throws is thrown on to the bus when the others have heard, which writes it down. */
function tellAll(listeners: readonly ((note: Note) => void)[], note: Note): void {
  const errors: unknown[] = [];
  for (const listener of listeners) {
    try {
      listener(note);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
