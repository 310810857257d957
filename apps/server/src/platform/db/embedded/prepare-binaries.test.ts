import { describe, expect, it } from "vitest";
import { describeProbe } from "./prepare-binaries.ts";

describe("describeProbe", () => {
  it("tells a missing loader, a forbidden start and anything else apart", () => {
    expect(describeProbe("ENOENT", "spawn ENOENT")).toContain("musl");
    expect(describeProbe("EACCES", "spawn EACCES")).toContain("noexec");
    expect(describeProbe(127, "libfoo.so: cannot open shared object file")).toContain("libfoo.so");
  });
});
