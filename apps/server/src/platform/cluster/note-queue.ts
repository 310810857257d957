import type { Note } from "./process-bus.ts";

/** What may wait for one batch that is under way. */
const MAX_NOTES = 10_000;
const MAX_WEIGHT = 16 * 1024 * 1024;
/** One batch: large enough to carry a busy moment, small enough to be read by the others at once. */
const BATCH_NOTES = 1_000;
const BATCH_WEIGHT = 128 * 1024;
/** What an id of a person, a person in a domain event, and the rest of a note come to, in characters. */
const ID_WEIGHT = 40;
const PERSON_WEIGHT = 300;
const NOTE_WEIGHT = 200;

/** Notes that wait for their turn, bounded in number and in characters. */
export class NoteQueue {
  #notes: Note[] = [];
  #weight = 0;

  get isEmpty(): boolean {
    return this.#notes.length === 0;
  }

  /** Returns false, and has thrown away everything, when there is no room: what waited was late already. */
  push(note: Note): boolean {
    this.#notes.push(note);
    this.#weight += weightOf(note);
    if (this.#notes.length <= MAX_NOTES && this.#weight <= MAX_WEIGHT) return true;
    this.clear();
    return false;
  }

  /** The next batch: at least one note, if there is any. */
  take(): Note[] {
    let weight = 0;
    let count = 0;
    for (const note of this.#notes) {
      weight += weightOf(note);
      if (count > 0 && (count >= BATCH_NOTES || weight > BATCH_WEIGHT)) break;
      count += 1;
    }
    const batch = this.#notes.splice(0, count);
    this.#weight = this.isEmpty ? 0 : this.#weight - batch.reduce((sum, note) => sum + weightOf(note), 0);
    return batch;
  }

  clear(): void {
    this.#notes = [];
    this.#weight = 0;
  }
}

function weightOf(note: Note): number {
  if (note.kind === "access") return NOTE_WEIGHT;
  if (note.kind === "happened") return NOTE_WEIGHT + note.userIds.length * PERSON_WEIGHT;
  const people = note.to.kind === "open" ? 0 : note.to.userIds.length;
  return NOTE_WEIGHT + people * ID_WEIGHT + note.frame.text.length;
}
