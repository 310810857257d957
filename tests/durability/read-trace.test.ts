import { describe, expect, it } from "vitest";
import { flushedAt } from "./flushed-at.ts";
import { readTrace } from "./read-trace.ts";

const SEGMENT = "000000010000000000000002";
const LOG = `5</data/pg_wal/${SEGMENT}>`;
const SOCKET = "24<TCP:[127.0.0.1:3000->127.0.0.1:50001]>";

describe("reading what strace wrote", () => {
  it("knows what was written to the log, flushed, and given to a socket", () => {
    const trace = [
      String.raw`11 pwrite64(${LOG}, "a\"\\\n\0\0012\377\", 8) = 1", 9, 16384) = 15`,
      `11 fdatasync(${LOG}) = 0`,
      String.raw`22 writev(${SOCKET}, [{iov_base="\201\5", iov_len=2}, {iov_base="hello", iov_len=5}], 2) = 7`,
      `22 write(19<UNIX-STREAM:[1->2, "/run/socket"]>, "hello", 5) = 5`,
    ];
    expect(readTrace(trace.join("\n"))).toEqual([
      {
        kind: "written",
        segment: SEGMENT,
        offset: 16_384,
        bytes: Buffer.from('a"\\\n\0\u00012\u00ff", 8) = 1', "latin1").subarray(0, 15),
      },
      { kind: "flushed", segment: SEGMENT, since: 1 },
      { kind: "sent", text: expect.stringContaining("hello") },
    ]);
  });

  it("counts a write and a flush when they are over, a sending when it begins", () => {
    const trace = [
      `11 pwrite64(${LOG}, "ab", 2, 0) = 2`,
      `11 fdatasync(${LOG} <unfinished ...>`,
      `12 pwrite64(${LOG}, "abcd", 4, 0 <unfinished ...>`,
      `22 write(${SOCKET}, "hello", 5 <unfinished ...>`,
      "12 <... pwrite64 resumed>) = 4",
      "11 <... fdatasync resumed>) = 0",
      "22 <... write resumed>) = 5",
      `11 fdatasync(${LOG}) = -1 EIO (Input/output error)`,
      `11 fdatasync(${LOG}) = 0`,
    ];
    const calls = readTrace(trace.join("\n"));
    expect(calls).toMatchObject([
      { kind: "written", offset: 0, bytes: Buffer.from("ab") },
      { kind: "sent" },
      { kind: "written", offset: 0, bytes: Buffer.from("abcd") },
      { kind: "flushed", since: 1 },
      { kind: "flushed", since: 4 },
    ]);
    const record = (offset: number, bytes: string) => ({ segment: SEGMENT, offset, bytes: Buffer.from(bytes) });
    // A flush takes with it only what stood there when it began.
    expect(flushedAt(calls, record(0, "ab"))).toBe(3);
    expect(flushedAt(calls, record(2, "cd"))).toBe(4);
    expect(flushedAt(calls, record(4, "ef"))).toBe(Number.POSITIVE_INFINITY);
  });
});
