import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { productFolder, productRoot } from "../world/product.ts";
import type { Bug } from "./bugs.ts";

const PARTS = ["dist", "migrations", "presets", "package.json"];

/**
 * Copies the compiled server into the folder, and puts the bug into the copy.
 * @returns where the copy is
 * @throws Error when a place that the bug changes is not there any more
 */
export function patchServer(folder: string, { name, patches }: Bug): string {
  const copy = join(folder, "server");
  mkdirSync(copy, { recursive: true });
  for (const part of PARTS) cpSync(join(productFolder, part), join(copy, part), { recursive: true });
  symlinkSync(join(productRoot, "node_modules"), join(folder, "node_modules"));
  for (const { file, find, put } of patches) {
    const path = join(copy, file);
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    if (!text.includes(find))
      throw new Error(`"${name}": ${file} does not hold "${find}" any more. Mend tests/faults/bugs.`);
    writeFileSync(
      path,
      text.replaceAll(find, () => put),
    );
  }
  return copy;
}
