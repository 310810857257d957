import { isEmoji } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { frequentEmoji } from "./frequent-emoji.ts";
import { loadEmoji } from "./load-emoji.ts";
import { searchEmoji } from "./search-emoji.ts";

const signsFor = async (locale: "de" | "en", query: string) =>
  searchEmoji(await loadEmoji(locale), query, 5).map(({ sign }) => sign);

describe("emoji data", () => {
  it("holds only what the server takes for an emoji, each once, with a name", async () => {
    for (const locale of ["de", "en"] as const) {
      const all = (await loadEmoji(locale)).flatMap(({ emoji }) => emoji);
      expect(all.length).toBeGreaterThan(1_800);
      expect(all.filter(({ sign }) => !isEmoji(sign)).map(({ sign }) => sign)).toEqual([]);
      expect(new Set(all.map(({ sign }) => sign)).size).toBe(all.length);
      expect(all.filter(({ name }) => name === "")).toEqual([]);
    }
  });

  it("holds the frequent ones as the same signs, so that they count as one reaction", async () => {
    const all = new Set((await loadEmoji("en")).flatMap(({ emoji }) => emoji.map(({ sign }) => sign)));
    expect(frequentEmoji.filter((sign) => !all.has(sign))).toEqual([]);
  });
});

describe("searchEmoji", () => {
  it("finds by the beginnings of words, in the reader's language, names first", async () => {
    expect((await signsFor("en", "thumbs up"))[0]).toBe("👍");
    expect(await signsFor("de", "daumen h")).toContain("👍");
    expect(await signsFor("en", "part")).toContain("🥳");
    expect(await signsFor("de", "rakete")).toContain("🚀");
    expect((await signsFor("en", "heart_eyes"))[0]).toBe("😍");
  });

  it("finds nothing for nothing, and never more than asked for", async () => {
    expect(await signsFor("en", " ")).toEqual([]);
    expect(await signsFor("en", "a")).toHaveLength(5);
    expect(await signsFor("en", "xyzzy")).toEqual([]);
  });
});
