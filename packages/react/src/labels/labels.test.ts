import { describe, expect, it } from "vitest";
import { catalogue, type Locale } from "./catalogue.ts";
import { createFormats } from "./formats.ts";
import { laterCatalogue } from "./later-catalogue.ts";

const locales = Object.keys(catalogue) as Locale[];
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);
const now = at(21, 10).getTime();

/** Every text in a catalogue, those of nested groups too; functions are called with small examples. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "function") return [String((value as (...args: unknown[]) => unknown)(...examplesFor(value)))];
  return Object.values(value as object).flatMap(textsOf);
}
const examplesFor = (label: unknown) => (String(label).includes("names") ? [["Ana"]] : [3, "Ana"]);

describe.each(locales)("the catalogue %s", (locale) => {
  const labels = catalogue[locale];

  it("has a text for everything", () => {
    for (const text of textsOf({ ...labels, ...laterCatalogue[locale] })) expect(text.trim()).not.toBe("");
  });

  it("tells one from many", () => {
    for (const label of [labels.unread, labels.newMessages, labels.participants]) {
      expect(label(1)).toContain("1");
      expect(label(2)).not.toBe(label(1).replace("1", "2"));
    }
  });
});

it("has each word once: one of the first view would take the place of a later one", () => {
  for (const locale of locales) {
    const later = new Set(Object.keys(laterCatalogue[locale]));
    expect(Object.keys(catalogue[locale]).filter((key) => later.has(key))).toEqual([]);
  }
});

describe("typing", () => {
  it("names up to two people, then counts", () => {
    expect(catalogue.en.typing(["Ana"])).toBe("Ana is typing");
    expect(catalogue.de.typing(["Ana", "Ben"])).toBe("Ana und Ben schreiben");
    expect(catalogue.en.typing(["Ana", "Ben", "Cleo"])).toBe("3 people are typing");
  });
});

describe("formats", () => {
  const en = createFormats("en", catalogue.en);
  const de = createFormats("de", catalogue.de);

  it("names today and yesterday by the reader's midnight, not by hours", () => {
    expect(de.day(at(21, 0, 1).toISOString(), now)).toBe("Heute");
    expect(de.day(at(20, 23, 59).toISOString(), now)).toBe("Gestern");
    expect(en.day(at(20, 0, 0).toISOString(), now)).toBe("Yesterday");
    expect(de.day(at(16, 9).toISOString(), now)).toBe("Montag, 16. November");
    expect(en.day(new Date(2025, 0, 2, 9).toISOString(), now)).toBe("2 January 2025");
  });

  it("shortens times for the inbox", () => {
    expect(de.short(at(21, 9, 5).toISOString(), now)).toBe("09:05");
    expect(de.short(at(20, 9).toISOString(), now)).toBe("Gestern");
    expect(en.short(at(17, 9).toISOString(), now)).toBe("Tue");
    expect(de.short(at(1, 9).toISOString(), now)).toBe("01.11.26");
  });

  it("rounds how long ago somebody was here", () => {
    const ago = (ms: number) => en.ago(new Date(now - ms).toISOString(), now);
    expect(ago(0)).toBe("1 minute ago");
    expect(ago(7 * 60_000)).toBe("7 minutes ago");
    expect(ago(23 * 60_000)).toBe("25 minutes ago");
    expect(ago(3 * 3_600_000)).toBe("3 hours ago");
    expect(ago(26 * 3_600_000)).toBe("yesterday");
    expect(ago(90 * 86_400_000)).toBe("3 months ago");
  });
});
