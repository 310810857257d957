import { describe, expect, it } from "vitest";
import { complete, findToken, suggestPeople } from "./completion.ts";
import { mentionedIn } from "./mentioned-in.ts";

const person = (id: string, name: string) => ({ id, name, picture: null, role: null });
const people = [person("ana", "Ana Weber"), person("farid", "Farid Yılmaz"), person("jerome", "Jérôme Anders")];
const at = (text: string) => findToken(text, text.length);

describe("findToken", () => {
  it("finds what is begun right before the caret", () => {
    expect(at("Hi @An")).toEqual({ kind: "mention", query: "An", start: 3, end: 6 });
    expect(at("@")).toMatchObject({ kind: "mention", query: "" });
    expect(at("(:par")).toMatchObject({ kind: "emoji", query: "par", start: 1 });
    expect(findToken("@An rest", 3)).toMatchObject({ query: "An", end: 3 });
  });

  it("takes no address, smiley, time or word for one", () => {
    for (const text of ["ana@mail", ":)", ":D", "10:30", "http://", "@Ana ", "a:bc", "", "@ana@x"])
      expect(at(text), text).toBeNull();
  });
});

describe("complete", () => {
  it("replaces the token and puts the caret behind it", () => {
    const text = "Hi @An, well";
    const token = findToken(text, 6);
    expect(token && complete(text, token, "@Ana Weber")).toEqual({ text: "Hi @Ana Weber, well", caret: 13 });
    const before = findToken("@An you", 3);
    expect(before && complete("@An you", before, "@Ana")).toEqual({ text: "@Ana you", caret: 5 });
  });
});

describe("suggestPeople", () => {
  it("goes by the beginning of any name, without accents", () => {
    const ids = (query: string) => suggestPeople(people, query, 8).map(({ id }) => id);
    expect(ids("")).toEqual(["ana", "farid", "jerome"]);
    expect(ids("an")).toEqual(["ana", "jerome"]);
    expect(ids("jero")).toEqual(["jerome"]);
    expect(ids("eber")).toEqual([]);
    expect(suggestPeople(people, "", 2)).toHaveLength(2);
  });
});

describe("mentionedIn", () => {
  it("names everybody whose name stands there, once", () => {
    expect(mentionedIn("@Ana Weber and @Farid Yılmaz, @Ana Weber! @Nobody", people, 20)).toEqual(["ana", "farid"]);
    expect(mentionedIn("Ana Weber", people, 20)).toEqual([]);
    expect(mentionedIn("@Ana Weber @Farid Yılmaz", people, 1)).toEqual(["ana"]);
  });
});
