import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));

/** What a script imports at once, by itself and by what it imports, that is neither of Node nor a file of ours. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const named = [...readFileSync(file, "utf8").matchAll(/^(?:import|export) (?:[^;]*? from )?"([^"]+)"/gm)];
  return named.flatMap(([, name = ""]) => {
    if (name.startsWith("node:")) return [];
    return name.startsWith(".") ? packagesOf(join(dirname(file), name), seen) : [name];
  });
}

it.each(["start.mjs", "test.mjs"])("%s needs no package before it has installed them", (script) => {
  expect(packagesOf(join(here, script))).toEqual([]);
});
