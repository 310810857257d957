import type { Spread } from "../summarize.ts";

type Figures = Readonly<Record<string, Spread>>;

/** The median, and the smallest and the largest when they differ. */
export function cell(spread: Spread | undefined, digits = 1): string {
  if (spread === undefined) return "";
  const text = (value: number) => number(value, digits);
  const [median, min, max] = [text(spread.median), text(spread.min), text(spread.max)];
  return min === max ? median : `${median} (${min}–${max})`;
}

export const number = (value: number, digits = 0): string =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function ratio(one: Spread | undefined, other: Spread | undefined): string {
  if (one === undefined || other === undefined || other.median === 0) return "";
  const value = one.median / other.median;
  return number(value, value < 10 ? 1 : 0);
}

/** The worst round of each kind. */
export function showFailed(figures: Figures): string {
  const failed = ["refused", "unanswered", "undelivered", "wrong"].flatMap((name) => {
    const most = figures[name]?.max ?? 0;
    return most > 0 ? [`${number(most)} ${name}`] : [];
  });
  return failed.length === 0 ? "0" : failed.join(", ");
}
