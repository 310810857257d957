import { type AgoUnit, type Calendar, calendars } from "./calendar.ts";
import type { Locale } from "./catalogue.ts";
import type { Labels } from "./labels.ts";

/** Dates and lists in the reader's language and time zone. Times go in as ISO 8601 or milliseconds since the epoch. */
export interface Formats {
  /** "14:05" */
  time(iso: string): string;
  /** "Saturday 21 November 2026 at 14:05" */
  full(iso: string): string;
  /** "Today", "Yesterday", "Monday 16 November", with the year when it is another one. */
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

const steps: readonly [ms: number, unit: AgoUnit, below: number][] = [
  [60_000, "minute", 60],
  [3_600_000, "hour", 24],
  [DAY_MS, "day", 30],
];

function ago(calendar: Calendar, iso: string, now: number): string {
  const elapsed = Math.max(60_000, now - Date.parse(iso));
  for (const [ms, unit, below] of steps) {
    const amount = Math.round(elapsed / ms);
    if (amount < below) return calendar.ago(roundAmount(amount, unit), unit);
  }
  return calendar.ago(Math.round(elapsed / (30 * DAY_MS)), "month");
}

/** Minutes above ten are told in fives: nobody needs to see them tick. */
function roundAmount(amount: number, unit: AgoUnit): number {
  return unit === "minute" && amount > 10 ? Math.round(amount / 5) * 5 : amount;
}

/** For a language. No Intl object is made: see `calendars`. */
export function createFormats(locale: Locale, labels: Labels): Formats {
  const calendar = calendars[locale];
  const weekday = (date: Date) => calendar.weekdays[date.getDay()] ?? "";
  const dayAndMonth = (date: Date) => calendar.date(date.getDate(), calendar.months[date.getMonth()] ?? "");
  const withYear = (date: Date) => `${dayAndMonth(date)} ${date.getFullYear()}`;
  const time = of((date) => `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`);
  const dayThisYear = of((date) => calendar.dayOf(weekday(date), dayAndMonth(date)));
  const date = of((date) =>
    calendar.numbers(twoDigits(date.getDate()), twoDigits(date.getMonth() + 1), twoDigits(date.getFullYear())),
  );
  return {
    time,
    full: (iso) => `${of((date) => calendar.dayOf(weekday(date), withYear(date)))(iso)} ${calendar.at} ${time(iso)}`,
    day: (iso, now) => {
      const days = daysBetween(iso, now);
      if (days === 0) return labels.today;
      if (days === 1) return labels.yesterday;
      const sameYear = new Date(iso).getFullYear() === new Date(now).getFullYear();
      return (sameYear ? dayThisYear : of(withYear))(iso);
    },
    short: (iso, now) => {
      const days = daysBetween(iso, now);
      if (days <= 0) return time(iso);
      if (days === 1) return labels.yesterday;
      return days < 7 ? weekday(new Date(iso)).slice(0, calendar.short) : date(iso);
    },
    ago: (iso, now) => ago(calendar, iso, now),
    list: (items) => [items.slice(0, -1).join(", "), ...items.slice(-1)].filter(Boolean).join(` ${calendar.and} `),
  };
}

const of = (write: (date: Date) => string) => (iso: string) => write(new Date(iso));
const twoDigits = (number: number) => String(number % 100).padStart(2, "0");
