import { Receiver } from "ws";
import { describe, expect, it } from "vitest";
import { encodeTextFrame, joinSharedFrame } from "./websocket-frame.ts";

/** What a receiver that is not ours reads from a frame. */
const read = (frame: Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const receiver = new Receiver({ isServer: false });
    receiver.on("message", (data: Buffer, isBinary: boolean) => resolve(`${isBinary}: ${data.toString()}`));
    receiver.on("error", reject);
    receiver.write(frame);
  });

describe("a text frame", () => {
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])("holds %i bytes", async (length) => {
    const text = "x".repeat(length);
    expect(await read(encodeTextFrame(text))).toBe(`false: ${text}`);
  });

  it.each([124, 125, 126, 65_534, 65_536])("counts bytes, not characters: %i and an ä", async (length) => {
    const text = `${"x".repeat(length)}ä`;
    expect(await read(encodeTextFrame(text))).toBe(`false: ${text}`);
  });
});

describe("a frame for many", () => {
  it("is joined once", () => {
    const parts = [Buffer.from("a"), Buffer.from("b")];
    const whole = joinSharedFrame(parts);
    expect(whole.toString()).toBe("ab");
    expect(joinSharedFrame(parts)).toBe(whole);
  });
});
