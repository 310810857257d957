import { describe, expect, it } from "vitest";
import { EventFrame } from "../realtime/event-frame.ts";
import { decodeNotes, encodeNotes } from "./encode-notes.ts";
import type { Note } from "./process-bus.ts";

const typing = (text: string): EventFrame =>
  EventFrame.of("typing:updated", { conversationId: text, userId: "anna", typing: true });

const people = ["anna", 'b"en\n\t', "çleo\u2028"];
const notes: Note[] = [
  { kind: "event", to: { kind: "users", userIds: people }, frame: typing("one\n\ttwo") },
  { kind: "event", to: { kind: "participants", conversationId: "order", userIds: people }, frame: typing("x") },
  { kind: "event", to: { kind: "open", conversationId: "order" }, frame: typing("y") },
  { kind: "event", to: { kind: "open", conversationId: "order", exceptUserId: "anna" }, frame: typing("z") },
  { kind: "access", conversationId: "order", userId: "anna", version: 7, revoked: true },
  { kind: "happened", name: "unreadChanged", userIds: people, payload: { conversationId: "order" } },
];

const readable = (note: Note) =>
  note.kind === "event" ? { ...note, frame: [note.frame.name, note.frame.text] } : note;

describe("notes as text", () => {
  it("come out as they went in", () => {
    expect(decodeNotes(encodeNotes(notes)).map(readable)).toEqual(notes.map(readable));
    expect(decodeNotes(encodeNotes([]))).toEqual([]);
  });

  it("name a list of people once, however many notes share it", () => {
    expect(encodeNotes(notes).match(/çleo/g)).toHaveLength(1);
  });

  it("carry the trace of those that have one", () => {
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const some = notes.map((note, index) => (index % 2 === 0 ? note : { ...note, traceparent }));
    expect(decodeNotes(encodeNotes(some)).map(readable)).toEqual(some.map(readable));
  });

  it("pass over what a newer version may say", () => {
    const known = encodeNotes(notes.slice(4, 5));
    const text = ['["zz",1]', '["l",[]]\n["u","thing:new",0]\t2["thing:new",{}]', known].join("\n");
    expect(decodeNotes(text)).toEqual([notes[4]]);
  });

  it.each([
    "nonsense",
    "{}",
    '["l","anna"]',
    '["l",[1]]',
    '["u","typing:updated",0]\t2["typing:updated",{}]',
    '["o","typing:updated","order",null]',
    '["o","typing:updated","order",null]\t42["typing:updated",{}]',
    '["o","typing:updated",5,null]\t2["typing:updated",{}]',
    '["a","order","anna","7",true]',
    '["l",[]]\n["h","unreadChanged",0,null]',
  ])("refuse %s", (text) => {
    expect(() => decodeNotes(text)).toThrow();
  });
});
