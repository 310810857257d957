import { describe, expect, it } from "vitest";
import { encodeTextFrame } from "./websocket-frame.ts";

/** Reads a frame as RFC 6455, 5.2, describes it: what its head says, and the payload. */
function read(frame: Buffer) {
  const short = frame.readUInt8(1) & 0x7f;
  const [at, length] =
    short < 126 ? [2, short] : short === 126 ? [4, frame.readUInt16BE(2)] : [10, Number(frame.readBigUInt64BE(2))];
  const first = frame.readUInt8(0);
  return {
    isFinal: (first & 0x80) !== 0,
    opcode: first & 0x0f,
    isMasked: (frame.readUInt8(1) & 0x80) !== 0,
    isWhole: frame.length === at + length,
    text: frame.toString("utf8", at),
  };
}
const textFrame = (text: string) => ({ isFinal: true, opcode: 1, isMasked: false, isWhole: true, text });

describe("a text frame", () => {
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])("holds %i bytes", (length) => {
    const text = "x".repeat(length);
    expect(read(encodeTextFrame(text))).toEqual(textFrame(text));
  });

  it.each([124, 125, 126, 65_534, 65_536])("counts bytes, not characters: %i and an ä", (length) => {
    const text = `${"x".repeat(length)}ä`;
    expect(read(encodeTextFrame(text))).toEqual(textFrame(text));
  });
});
