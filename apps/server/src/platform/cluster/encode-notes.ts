import { type EventName, events } from "@parley/protocol";
import { EventFrame } from "../realtime/event-frame.ts";
import type { Note, Receivers } from "./process-bus.ts";

/** First in each line: what it is. */
const TAG = { list: "l", users: "u", participants: "p", open: "o", access: "a", happened: "h", trace: "t" } as const;

/**
 * A batch of notes as text: a JSON array in each line, behind a tab the frame of an event. A list of people that several
 * notes share (the same array) stands there once. A note that is traced has its `traceparent` in the line before.
 */
export function encodeNotes(notes: readonly Note[]): string {
  const lines: string[] = [];
  const lists = new Map<readonly string[], number>();
  const listOf = (userIds: readonly string[]): number => {
    const known = lists.get(userIds);
    if (known !== undefined) return known;
    lines.push(JSON.stringify([TAG.list, userIds]));
    lists.set(userIds, lists.size);
    return lists.size - 1;
  };
  for (const note of notes) {
    if (note.traceparent !== undefined) lines.push(JSON.stringify([TAG.trace, note.traceparent]));
    if (note.kind === "event") lines.push(`${JSON.stringify(encodeReceivers(note, listOf))}\t${note.frame.text}`);
    else if (note.kind === "access") {
      lines.push(JSON.stringify([TAG.access, note.conversationId, note.userId, note.version, note.revoked]));
    } else lines.push(JSON.stringify([TAG.happened, note.name, listOf(note.userIds), note.payload]));
  }
  return lines.join("\n");
}

function encodeReceivers({ to, frame }: Note & { kind: "event" }, listOf: (userIds: readonly string[]) => number) {
  if (to.kind === "users") return [TAG.users, frame.name, listOf(to.userIds)];
  if (to.kind === "participants") return [TAG.participants, frame.name, listOf(to.userIds), to.conversationId];
  return [TAG.open, frame.name, to.conversationId, to.exceptUserId ?? null];
}

/**
 * Reads such a text. Notes of a kind that this version does not know are left out: another process may be newer.
 * @throws Error when it is no such text
 */
export function decodeNotes(text: string): Note[] {
  const lists: string[][] = [];
  const notes: Note[] = [];
  let traceparent: string | undefined;
  for (const line of text === "" ? [] : text.split("\n")) {
    const tab = line.indexOf("\t");
    const fields: unknown = JSON.parse(tab < 0 ? line : line.slice(0, tab));
    if (!Array.isArray(fields)) throw new Error("A note is an array.");
    if (fields[0] === TAG.list) lists.push(requireTexts(fields[1]));
    else if (fields[0] === TAG.trace) traceparent = requireText(fields[1]);
    else {
      const note = decodeNote(fields, tab < 0 ? "" : line.slice(tab + 1), lists);
      if (note !== null) notes.push(traceparent === undefined ? note : { ...note, traceparent });
      traceparent = undefined;
    }
  }
  return notes;
}

function decodeNote(fields: readonly unknown[], frame: string, lists: readonly string[][]): Note | null {
  const [tag, ...rest] = fields;
  if (tag === TAG.access) return decodeAccess(rest);
  if (tag === TAG.happened) {
    const [name, list, payload] = rest;
    return { kind: "happened", name: requireText(name), userIds: listAt(lists, list), payload: requireObject(payload) };
  }
  const to = decodeReceivers(tag, rest, lists);
  const [name] = rest;
  if (to === null || !isEventName(name)) return null;
  if (!frame.startsWith(`2["${name}",`)) throw new Error("An event has its frame.");
  return { kind: "event", to, frame: EventFrame.received(name, frame) };
}

function decodeReceivers(tag: unknown, rest: readonly unknown[], lists: readonly string[][]): Receivers | null {
  const [, second, third] = rest;
  if (tag === TAG.users) return { kind: "users", userIds: listAt(lists, second) };
  if (tag === TAG.participants) {
    return { kind: "participants", userIds: listAt(lists, second), conversationId: requireText(third) };
  }
  if (tag !== TAG.open) return null;
  const conversationId = requireText(second);
  return third === null
    ? { kind: "open", conversationId }
    : { kind: "open", conversationId, exceptUserId: requireText(third) };
}

function decodeAccess([conversationId, userId, version, revoked]: readonly unknown[]): Note {
  if (!Number.isSafeInteger(version) || typeof revoked !== "boolean") throw new Error("Access has a version.");
  return {
    kind: "access",
    conversationId: requireText(conversationId),
    userId: requireText(userId),
    version: version as number,
    revoked,
  };
}

const isEventName = (name: unknown): name is EventName => typeof name === "string" && Object.hasOwn(events, name);

function listAt(lists: readonly string[][], index: unknown): string[] {
  const list = lists[index as number];
  if (list === undefined) throw new Error("A note names its list of people.");
  return list;
}

function requireText(value: unknown): string {
  if (typeof value !== "string") throw new Error("A text was expected.");
  return value;
}

function requireTexts(value: unknown): string[] {
  if (!Array.isArray(value)) throw new Error("A list was expected.");
  return value.map(requireText);
}

function requireObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("An object was expected.");
  return value as Record<string, unknown>;
}
