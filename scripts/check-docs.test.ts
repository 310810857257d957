import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findMissingFiles } from "./check-docs.mjs";

describe("findMissingFiles", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "parley-docs-"));
    write("apps/server/src/main.ts", "");
    write("docs/picture.svg", "");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }

  it("accepts what exists, by whole path, by its end and by link", () => {
    write("README.md", "`apps/server/src/main.ts` `main.ts:12` `src/main.ts` `apps/server/` [flow](docs/flow.md#part)");
    write(
      "docs/flow.md",
      '![picture](picture.svg) <img src="picture.svg"> [up](../README.md) [site](https://example.org/a.md)',
    );
    expect(findMissingFiles(root)).toEqual([]);
  });

  it("finds what does not, in every document", () => {
    write("README.md", "`apps/server/src/gone.ts` and `gone.ts` and [flow](docs/gone.md) and `apps/gone/`");
    write("docs/decisions/one.md", "![picture](picture.svg)");
    expect(findMissingFiles(root)).toEqual([
      "README.md: apps/server/src/gone.ts",
      "README.md: gone.ts",
      "README.md: apps/gone/",
      "README.md: docs/gone.md",
      "docs/decisions/one.md: picture.svg",
    ]);
  });

  it("leaves alone what is no file of the repository", () => {
    write(
      "SECURITY.md",
      "`npm start` `Node.js` `apps/*/src` `apps/server/dist/main.js` `data/` `a/b` `@parley/client` `/api/users`\n" +
        "```\n`apps/in-code.ts`\n```\n<!-- elsewhere: parley.config.ts, chat.html --> `parley.config.ts` `chat.html`",
    );
    expect(findMissingFiles(root)).toEqual([]);
  });
});
