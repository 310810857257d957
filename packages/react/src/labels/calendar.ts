import type { Locale } from "./catalogue.ts";

/** How a language writes dates, lists and how long ago something was, as the browser's own formats do. */
export interface Calendar {
  /** From Sunday on. */
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  /** So many letters of a weekday stand for it. */
  readonly short: number;
  /** "21 November" */
  date(day: number, month: string): string;
  /** "Saturday 21 November" */
  dayOf(weekday: string, date: string): string;
  /** "21/11/26", from numbers of two digits */
  numbers(day: string, month: string, year: string): string;
  /** Between a day and a time. */
  readonly at: string;
  readonly and: string;
  ago(amount: number, unit: AgoUnit): string;
}

export type AgoUnit = "minute" | "hour" | "day" | "month";

const words = (text: string) => text.split(" ");

const en: Calendar = {
  weekdays: words("Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
  months: words("January February March April May June July August September October November December"),
  short: 3,
  date: (day, month) => `${day} ${month}`,
  dayOf: (weekday, date) => `${weekday} ${date}`,
  numbers: (day, month, year) => `${day}/${month}/${year}`,
  at: "at",
  and: "and",
  ago: (amount, unit) => {
    if (amount !== 1) return `${amount} ${unit}s ago`;
    return { minute: "1 minute ago", hour: "1 hour ago", day: "yesterday", month: "last month" }[unit];
  },
};

const de: Calendar = {
  weekdays: words("Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag"),
  months: words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
  short: 2,
  date: (day, month) => `${day}. ${month}`,
  dayOf: (weekday, date) => `${weekday}, ${date}`,
  numbers: (day, month, year) => `${day}.${month}.${year}`,
  at: "um",
  and: "und",
  ago: (amount, unit) => {
    if (amount === 1)
      return { minute: "vor 1 Minute", hour: "vor 1 Stunde", day: "gestern", month: "letzten Monat" }[unit];
    if (amount === 2 && unit === "day") return "vorgestern";
    return `vor ${amount} ${{ minute: "Minuten", hour: "Stunden", day: "Tagen", month: "Monaten" }[unit]}`;
  },
};

/**
 * Written here, though browsers know it: the first format that a browser makes takes a slow phone 80 ms, and the first messages
 * need one.
 */
export const calendars: Readonly<Record<Locale, Calendar>> = { de, en };
