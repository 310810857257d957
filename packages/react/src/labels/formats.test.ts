import { afterEach, describe, expect, it, vi } from "vitest";
import { catalogue } from "./catalogue.ts";
import { createFormats } from "./formats.ts";

const now = new Date(2026, 10, 21, 10).getTime();
const tags = { en: "en-GB", de: "de-DE" } as const;
/** Each weekday and each month, days of one and of two digits. */
const moments = Array.from({ length: 40 }, (_, index) => new Date(2026, 0, 3 + index * 8, index % 24, index));

describe.each(["en", "de"] as const)("the formats in %s", (locale) => {
  const formats = createFormats(locale, catalogue[locale]);
  const byIntl = (options: Intl.DateTimeFormatOptions, at: Date) =>
    new Intl.DateTimeFormat(tags[locale], options).format(at);
  // Whether a comma follows the weekday is not the same in all versions of the language data.
  const plain = (text: string) => text.replace(",", "");

  it("writes dates as the browser would", () => {
    for (const at of moments) {
      const iso = at.toISOString();
      expect(formats.time(iso)).toBe(byIntl({ hour: "2-digit", minute: "2-digit" }, at));
      expect(plain(formats.full(iso))).toBe(plain(byIntl({ dateStyle: "full", timeStyle: "short" }, at)));
      if (at.getTime() > now - 7 * 86_400_000) continue;
      expect(plain(formats.day(iso, now))).toBe(plain(byIntl({ weekday: "long", day: "numeric", month: "long" }, at)));
      expect(formats.short(iso, now)).toBe(byIntl({ day: "2-digit", month: "2-digit", year: "2-digit" }, at));
      const later = now + 365 * 86_400_000;
      expect(formats.day(iso, later)).toBe(byIntl({ day: "numeric", month: "long", year: "numeric" }, at));
      expect(formats.short(iso, at.getTime() + 3 * 86_400_000)).toBe(byIntl({ weekday: "short" }, at));
    }
  });

  it("says how long ago something was as the browser would", () => {
    const relative = new Intl.RelativeTimeFormat(tags[locale], { numeric: "auto" });
    const ago = (ms: number) => formats.ago(new Date(now - ms).toISOString(), now);
    for (const minutes of [1, 2, 10, 45]) expect(ago(minutes * 60_000)).toBe(relative.format(-minutes, "minute"));
    for (const hours of [1, 2, 23]) expect(ago(hours * 3_600_000)).toBe(relative.format(-hours, "hour"));
    for (const days of [1, 2, 3, 29]) expect(ago(days * 86_400_000)).toBe(relative.format(-days, "day"));
    for (const months of [1, 2, 14]) expect(ago(months * 30 * 86_400_000)).toBe(relative.format(-months, "month"));
  });

  it("lists names as the browser would", () => {
    const list = new Intl.ListFormat(tags[locale], { type: "conjunction" });
    for (const names of [[], ["Ana"], ["Ana", "Ben"], ["Ana", "Ben", "Cleo"], ["Ana", "Ben", "Cleo", "Dan"]]) {
      expect(formats.list(names)).toBe(list.format(names));
    }
  });
});

describe("formats", () => {
  afterEach(() => vi.restoreAllMocks());

  it("ask the browser for none of its own, which takes a slow phone 80 ms", () => {
    const makers = (["DateTimeFormat", "RelativeTimeFormat", "ListFormat", "NumberFormat"] as const).map((name) =>
      vi.spyOn(Intl, name),
    );
    const formats = createFormats("de", catalogue.de);
    const iso = new Date(now).toISOString();
    for (const write of [formats.time, formats.full]) write(iso);
    for (const write of [formats.day, formats.short, formats.ago]) write(iso, now + 90 * 86_400_000);
    formats.list(["Ana", "Ben"]);
    for (const maker of makers) expect(maker).not.toHaveBeenCalled();
  });
});
