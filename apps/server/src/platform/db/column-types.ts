import pg from "pg";

/** Turns PostgreSQL's text for a timestamptz in UTC (`2026-11-21 09:30:00.12+00`) into ISO 8601 with milliseconds. */
export function toIsoTimestamp(text: string): string {
  const fraction = text.slice(19, -3).padEnd(4, "0").slice(1, 4);
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** How columns become values: bigints stay below 2^53 here and are numbers. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid) => {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.TIMESTAMPTZ) return toIsoTimestamp;
    return pg.types.getTypeParser(oid, "text");
  },
};
