import { join } from "node:path";
import { bugs } from "./bugs.ts";
import { runBug } from "./run-bug.ts";

/** A bug shows only when the moment is right: so often it may be tried. */
const TRIES = 3;

/** Tries every bug, and says whether it was found. @returns whether all were */
export async function runBugs(seed: number, folder: string): Promise<boolean> {
  let areFound = true;
  for (const [index, bug] of bugs.entries()) {
    let found: string[] = [];
    for (let n = 0; n < TRIES && found.length === 0; n += 1) {
      const { violations } = await runBug(bug, seed + n, join(folder, `bug-${index}-${n}`));
      found = violations
        .filter(({ invariant }) => bug.breaks.includes(invariant))
        .map((one) => `${one.invariant} ${one.what}`);
    }
    console.log(found.length > 0 ? `✓ ${bug.name}\n    ${found[0]}` : `✗ ${bug.name}: not found`);
    areFound &&= found.length > 0;
  }
  return areFound;
}
