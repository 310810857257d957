import { describe, expect, it } from "vitest";
import { readTraceparent, writeTraceparent } from "./traceparent.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

describe("a traceparent", () => {
  it.each([true, false])("is read as it was written, sampled: %s", (isSampled) => {
    const span = { traceId: TRACE, spanId: SPAN, isSampled };
    expect(readTraceparent(writeTraceparent(span))).toEqual(span);
  });

  it("may be of a later version and say more", () => {
    expect(readTraceparent(`01-${TRACE}-${SPAN}-03-more`)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled: true });
  });

  it.each([
    undefined,
    7,
    "",
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `01-${TRACE}-${SPAN}-01more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  ])("is none: %s", (value) => {
    expect(readTraceparent(value)).toBeUndefined();
  });
});
