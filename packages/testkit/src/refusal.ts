import { type ErrorCode, errors, type Problem } from "@parley/protocol";

/** The in-memory server says no, with a problem of the catalogue. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: Problem;

  constructor(code: ErrorCode, over: Partial<Problem> = {}) {
    super(code);
    this.problem = problemOf(code, over);
  }
}

export function problemOf(code: ErrorCode, over: Partial<Problem> = {}): Problem {
  return { type: "about:blank", code, ...errors[code], ...over };
}
