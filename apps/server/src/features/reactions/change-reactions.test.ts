import { limits } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { withoutReaction, withReaction } from "./change-reactions.ts";

const both = [
  { emoji: "👍", userIds: ["ana", "ben"] },
  { emoji: "🎉", userIds: ["cem"] },
];
const people = (count: number) => Array.from({ length: count }, (_, n) => `person ${n}`);

describe("a reaction", () => {
  it("stands last: its emoji behind the others, its person behind the others", () => {
    expect(withReaction([], "👍", "ana")).toEqual([{ emoji: "👍", userIds: ["ana"] }]);
    expect(withReaction(both, "❤️", "ana")).toEqual([...both, { emoji: "❤️", userIds: ["ana"] }]);
    expect(withReaction(both, "👍", "cem")).toEqual([{ emoji: "👍", userIds: ["ana", "ben", "cem"] }, both[1]]);
  });

  it("that is there already, or not there, leaves the very same list", () => {
    expect(withReaction(both, "👍", "ben")).toBe(both);
    expect(withoutReaction(both, "👍", "cem")).toBe(both);
    expect(withoutReaction(both, "❤️", "ana")).toBe(both);
  });

  it("taken back by the last person takes its emoji along", () => {
    expect(withoutReaction(both, "👍", "ana")).toEqual([{ emoji: "👍", userIds: ["ben"] }, both[1]]);
    expect(withoutReaction(both, "🎉", "cem")).toEqual([both[0]]);
  });

  it("is refused beyond the limits, and only there", () => {
    const emoji = people(limits.reactionsPerMessage).map((one) => ({ emoji: one, userIds: ["ana"] }));
    expect(() => withReaction(emoji, "👍", "ben")).toThrow(expect.objectContaining({ code: "too_many_reactions" }));
    expect(withReaction(emoji, "person 3", "ben")[3]?.userIds).toEqual(["ana", "ben"]);
    const own = emoji.slice(0, limits.reactionsPerPerson);
    expect(() => withReaction(own, "👍", "ana")).toThrow(expect.objectContaining({ code: "too_many_own_reactions" }));
    expect(withReaction(own, "person 0", "ana")).toBe(own);
    expect(withReaction(own, "👍", "ben")).toHaveLength(limits.reactionsPerPerson + 1);
    expect(withReaction(own.slice(1), "👍", "ana")).toHaveLength(limits.reactionsPerPerson);
    const crowd = [{ emoji: "👍", userIds: people(limits.peopleReacting) }];
    expect(() => withReaction(crowd, "👍", "ana")).toThrow(expect.objectContaining({ code: "too_many_reactions" }));
    expect(() => withReaction(crowd, "🎉", "ana")).toThrow(expect.objectContaining({ code: "too_many_reactions" }));
    expect(withReaction(crowd, "👍", "person 7")).toBe(crowd);
  });
});
