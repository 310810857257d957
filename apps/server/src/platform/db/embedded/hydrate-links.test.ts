import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hydrateLinks, linksAreComplete } from "./hydrate-links.ts";

describe("hydrateLinks", () => {
  let native: string;
  beforeEach(() => {
    native = join(mkdtempSync(join(tmpdir(), "parley-links-")), "native");
    mkdirSync(join(native, "lib"), { recursive: true });
    writeFileSync(join(native, "lib", "libx.so.1.2"), "library");
  });
  afterEach(() => rmSync(join(native, ".."), { recursive: true }));

  const pack = (links: object) => writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links));

  it("makes the missing links, relative to their folder, and leaves the others", () => {
    pack([
      { source: "native/lib/libx.so.1.2", target: "native/lib/libx.so" },
      { source: "native/lib/libx.so.1.2", target: "native/lib/libx.so.1" },
    ]);
    expect(linksAreComplete(native)).toBe(false);
    expect(hydrateLinks(native)).toBe(2);
    expect(readlinkSync(join(native, "lib", "libx.so"))).toBe("libx.so.1.2");
    expect(readFileSync(join(native, "lib", "libx.so.1"), "utf8")).toBe("library");
    expect(linksAreComplete(native)).toBe(true);
    expect(hydrateLinks(native)).toBe(0);
    rmSync(join(native, "lib", "libx.so"));
    expect(hydrateLinks(native)).toBe(1);
  });

  it("has nothing to do where a platform needs no links", () => {
    expect(hydrateLinks(native)).toBe(0);
    expect(linksAreComplete(native)).toBe(true);
  });
});
