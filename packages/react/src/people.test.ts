import { buildConversation, buildParticipant, buildUser } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { hueOf, initialsOf } from "./avatar-look.ts";
import { catalogue } from "./labels/catalogue.ts";
import { createFormats } from "./labels/formats.ts";
import { conversationName, findPerson, partnerOf, subjectName } from "./people.ts";

const texts = { labels: catalogue.en, formats: createFormats("en", catalogue.en) };
const nameOf = (over: Parameters<typeof buildConversation>[0]) =>
  conversationName(buildConversation(over), "ana", texts);
const three = ["ana", "ben", "cleo"].map((id) => buildParticipant(id));

describe("subjectName", () => {
  it("is text for any name that somebody may give", () => {
    for (const type of ["__proto__", "constructor", "toString"]) {
      expect(subjectName({ type, id: "x", title: null, url: null } as never, catalogue.en)).toBe(type);
      expect(subjectName({ type, id: "7" } as never, catalogue.en)).toBe(`${type} 7`);
    }
  });
});

describe("conversationName", () => {
  it("is the partner's name between two", () => {
    expect(nameOf({})).toBe("Ben");
    expect(nameOf({ type: "order", title: "Ignored" })).toBe("Ben");
  });

  it("is the title, else the names, among several", () => {
    expect(nameOf({ type: "group", title: "Sellers", participants: three })).toBe("Sellers");
    expect(nameOf({ type: "group", participants: three })).toBe("Ben and Cleo");
    expect(nameOf({ type: "group", participants: [buildParticipant("ana")] })).toBe("You");
  });

  it("is never that of another reader of an announcement", () => {
    expect(nameOf({ type: "announcement", title: "News" })).toBe("News");
    expect(nameOf({ type: "announcement" })).toBe("Platform");
    expect(partnerOf(buildConversation({ type: "announcement" }), "ana")).toBeUndefined();
  });

  it("stays the title of a group that has shrunk to two", () => {
    expect(nameOf({ type: "group", title: "Sellers" })).toBe("Sellers");
    expect(partnerOf(buildConversation({ type: "group" }), "ana")).toBeUndefined();
  });
});

it("finds those who left, and nobody for the host", () => {
  const conversation = buildConversation({ formerParticipants: [buildUser({ id: "dora" })] });
  expect(findPerson(conversation, "dora")?.name).toBe("Dora");
  expect(findPerson(conversation, "nobody")).toBeUndefined();
  expect(findPerson(conversation, null)).toBeUndefined();
});

it("calls a subject by its kind, also one that the kit does not know", () => {
  const subject = { type: "order", id: "4711", title: null, url: null, state: null };
  expect(subjectName(subject, catalogue.de)).toBe("Bestellung 4711");
  expect(subjectName({ ...subject, type: "trip" }, catalogue.de)).toBe("trip 4711");
});

it("gives an id one colour for ever, and different ids different ones", () => {
  const hues = Array.from({ length: 200 }, (_, index) => hueOf(`user-${index}`));
  expect(new Set(hues).size).toBe(12);
  expect(hueOf("user-7")).toBe(hues[7]);
});

it("takes initials from the first and the last word, whatever they are written in", () => {
  expect(["Anna Maria Huber", "ana", " Zoë  Öl ", "😀 Smile", ""].map(initialsOf)).toEqual([
    "AH",
    "A",
    "ZÖ",
    "😀S",
    "",
  ]);
});

it("leaves out the id of a subject that says nothing to people", () => {
  const named = (id: string) => subjectName({ type: "project", id, title: null, url: null, state: null }, catalogue.de);
  for (const id of ["4711", "A-1042", "2026/118", "INV 2026-03"]) expect(named(id)).toBe(`Projekt ${id}`);
  for (const id of ["fruehlingsmarkt", "0194f3a2-7c1e-7b5e-9d1c-5a0f8c2b1e33", "cus_9s6XKzkNRiz8i3", "12345678901"])
    expect(named(id), id).toBe("Projekt");
});
