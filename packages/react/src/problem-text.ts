import type { Problem } from "@parley/protocol";
import type { Labels } from "./labels/labels.ts";

/** Why something was refused, in the reader's language; `null` means that the server was not reached. */
export function problemText(problem: Problem | null, labels: Labels): string {
  if (problem === null) return labels.unreachable;
  return labels.problem[problem.code] ?? labels.unknownProblem;
}
