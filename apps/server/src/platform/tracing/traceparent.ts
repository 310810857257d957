/** The part of a trace that crosses the border of a process, as W3C writes it: version, trace, parent, flags. */
export interface RemoteSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
/** Of version 00 there is nothing more; a later version may say more behind it, which we leave out. */
const LENGTH = 55;
const NOBODY = /^0+$/;

/** undefined: not one, and then the request is answered as if it had brought none. */
export function readTraceparent(value: unknown): RemoteSpan | undefined {
  if (typeof value !== "string" || !isWhole(value)) return undefined;
  const [, version, traceId, spanId, flags] = FORM.exec(value.slice(0, LENGTH)) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (version === "ff" || NOBODY.test(traceId) || NOBODY.test(spanId)) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

const isWhole = (value: string): boolean =>
  value.length === LENGTH || (!value.startsWith("00") && value[LENGTH] === "-");

export const writeTraceparent = ({ traceId, spanId, isSampled }: RemoteSpan): string =>
  `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;
