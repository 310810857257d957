import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parts, partsOf } from "./parts.ts";

it("names the parts of an element by its class names", () => {
  expect(partsOf("parley-row parley-message parley-own")).toBe("message own");
  expect(partsOf("parley-bubble parley-bubble-own")).toBe("bubble own");
  expect(partsOf("parley-icon something")).toBe("");
});

it("is what the documents promise to hosts", () => {
  const text = readFileSync(new URL("../../../docs/embedding.md", import.meta.url), "utf8");
  const [, table = ""] = text.split("| Part ");
  const rows: string[] = table.split("\n\n")[0]?.split("\n").slice(2) ?? [];
  const told = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
  expect(new Set(told)).toEqual(new Set(Object.values(parts)));
});
