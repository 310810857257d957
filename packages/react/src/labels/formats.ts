import type { Locale } from "./catalogue.ts";
import type { Labels } from "./labels.ts";

/** Dates and lists in the reader's language and time zone. Times go in as ISO 8601 or milliseconds since the epoch. */
export interface Formats {
  /** "14:05" */
  time(iso: string): string;
  /** "Saturday, 21 November 2026 at 14:05" */
  full(iso: string): string;
  /** "Today", "Yesterday", "Monday, 16 November", with the year when it is another one. */
  day(iso: string, now: number): string;
  /** For the inbox: the time today, then "Yesterday", the weekday, the date. */
  short(iso: string, now: number): string;
  /** Rounded, since presence is no stopwatch: "5 minutes ago", "yesterday". */
  ago(iso: string, now: number): string;
  /** "Ana, Ben and Cleo" */
  list(items: readonly string[]): string;
}

const DAY_MS = 86_400_000;

/** "2026-11-21" in the reader's time zone: equal for all moments of one day. */
export function dayKey(moment: string | number): string {
  const date = new Date(moment);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function daysBetween(iso: string, now: number): number {
  const midnight = (moment: string | number) => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(iso)) / DAY_MS);
}

const steps: readonly [ms: number, unit: Intl.RelativeTimeFormatUnit, below: number][] = [
  [60_000, "minute", 60],
  [3_600_000, "hour", 24],
  [DAY_MS, "day", 30],
];

function relative(format: Intl.RelativeTimeFormat, iso: string, now: number): string {
  const elapsed = Math.max(60_000, now - Date.parse(iso));
  for (const [ms, unit, below] of steps) {
    const amount = Math.round(elapsed / ms);
    if (amount < below) return format.format(-roundAmount(amount, unit), unit);
  }
  return format.format(-Math.round(elapsed / (30 * DAY_MS)), "month");
}

/** Minutes above ten are told in fives: nobody needs to see them tick. */
function roundAmount(amount: number, unit: Intl.RelativeTimeFormatUnit): number {
  return unit === "minute" && amount > 10 ? Math.round(amount / 5) * 5 : amount;
}

/** For a language. Intl objects are dear: each is made once, when it is first asked for. */
export function createFormats(locale: Locale, labels: Labels): Formats {
  const tag = locale === "en" ? "en-GB" : "de-DE";
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const made = once(() => new Intl.DateTimeFormat(tag, options));
    return (iso: string) => made().format(new Date(iso));
  };
  const time = dates({ hour: "2-digit", minute: "2-digit" });
  const dayThisYear = dates({ weekday: "long", day: "numeric", month: "long" });
  const dayOtherYear = dates({ day: "numeric", month: "long", year: "numeric" });
  const weekday = dates({ weekday: "short" });
  const date = dates({ day: "2-digit", month: "2-digit", year: "2-digit" });
  const ago = once(() => new Intl.RelativeTimeFormat(tag, { numeric: "auto" }));
  const list = once(() => new Intl.ListFormat(tag, { type: "conjunction" }));
  return {
    time,
    full: dates({ dateStyle: "full", timeStyle: "short" }),
    day: (iso, now) => {
      const days = daysBetween(iso, now);
      if (days === 0) return labels.today;
      if (days === 1) return labels.yesterday;
      const sameYear = new Date(iso).getFullYear() === new Date(now).getFullYear();
      return (sameYear ? dayThisYear : dayOtherYear)(iso);
    },
    short: (iso, now) => {
      const days = daysBetween(iso, now);
      if (days <= 0) return time(iso);
      if (days === 1) return labels.yesterday;
      return (days < 7 ? weekday : date)(iso);
    },
    ago: (iso, now) => relative(ago(), iso, now),
    // One name is no list: nearly all reactions are of one person.
    list: (items) => (items.length === 1 ? String(items[0]) : list().format(items)),
  };
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
