/** What a person narrows a search by; "" is any. Days are those of the reader: "2026-11-21". */
export interface SearchFilter {
  readonly senderId: string;
  readonly since: string;
  readonly until: string;
}

export const anyMessage: SearchFilter = { senderId: "", since: "", until: "" };

/** The filter as the server knows it; the last day is meant whole. */
export function searchBounds({ senderId, since, until }: SearchFilter) {
  const from = startOfDay(since, 0);
  const to = startOfDay(until, 1);
  return {
    ...(senderId !== "" && { senderId }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
  };
}

/** The first moment of the day that comes `later` days after this one, in the reader's zone. */
function startOfDay(day: string, later: number): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const moment = new Date(year, month - 1, date + later);
  // The setter, since the constructor takes the years from 0 to 99 for those of the last century.
  moment.setFullYear(year);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
