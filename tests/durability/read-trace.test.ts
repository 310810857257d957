import { describe, expect, it } from "vitest";
import { readTrace } from "./read-trace.ts";

const SEGMENT = "000000010000000000000002";
const LOG = `5</data/pg_wal/${SEGMENT}>`;
const SOCKET = "24<TCP:[127.0.0.1:3000->127.0.0.1:50001]>";

describe("reading what strace wrote", () => {
  it("knows how far the log was written and flushed, and what went to a socket", () => {
    const trace = [
      `11 pwrite64(${LOG}, "a \\"quoted\\" text, 8192, 0) = 1"..., 8192, 16384) = 8192`,
      `11 fdatasync(${LOG}) = 0`,
      `22 writev(${SOCKET}, [{iov_base="\\201\\5", iov_len=2}, {iov_base="hello", iov_len=5}], 2) = 7`,
      `22 write(19<UNIX-STREAM:[1->2, "/run/socket"]>, "hello", 5) = 5`,
    ];
    expect(readTrace(trace.join("\n"))).toEqual([
      { kind: "written", segment: SEGMENT, upTo: 24_576 },
      { kind: "flushed", segment: SEGMENT, upTo: 24_576 },
      { kind: "sent", text: expect.stringContaining("hello") },
    ]);
  });

  it("counts a write when it is over, a flush by what stood there when it began, a sending when it begins", () => {
    const trace = [
      `11 pwrite64(${LOG}, ""..., 8192, 0) = 8192`,
      `11 fdatasync(${LOG} <unfinished ...>`,
      `12 pwrite64(${LOG}, ""..., 8192, 8192 <unfinished ...>`,
      `22 write(${SOCKET}, "hello", 5 <unfinished ...>`,
      "12 <... pwrite64 resumed>) = 8192",
      "11 <... fdatasync resumed>) = 0",
      "22 <... write resumed>) = 5",
      `11 fdatasync(${LOG}) = -1 EIO (Input/output error)`,
    ];
    expect(readTrace(trace.join("\n"))).toEqual([
      { kind: "written", segment: SEGMENT, upTo: 8_192 },
      { kind: "sent", text: expect.stringContaining("hello") },
      { kind: "written", segment: SEGMENT, upTo: 16_384 },
      { kind: "flushed", segment: SEGMENT, upTo: 8_192 },
    ]);
  });
});
