import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The names of all statements that stand in a call of `readAs` anywhere in the features. */
export function statementsGivenToReadAs(): string[] {
  const folder = fileURLToPath(new URL("../../apps/server/src/features", import.meta.url));
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(`${folder}/${file}`, "utf8"));
  const names = new Map(
    sources.flatMap((source) =>
      [...source.matchAll(/const (\w+) = statement<[^(]*>\(\s*"([^"]+)"/g)].map(([, variable, name]) => [
        variable,
        name,
      ]),
    ),
  );
  const used = sources.flatMap((source) =>
    [...source.matchAll(/readAs\(\s*[\w.]+,\s*(\w+)/g)].map(([, variable = ""]) => {
      const original = new RegExp(`(\\w+) as ${variable}\\b`).exec(source)?.[1] ?? variable;
      return names.get(original) ?? `unknown: ${variable}`;
    }),
  );
  return [...new Set(used)].sort();
}
