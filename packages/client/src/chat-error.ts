import type { ErrorCode, Problem } from "@parley/protocol";

/** The server refused, or could not be reached (`problem` is null then). */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly problem: Problem | null;

  constructor(message: string, problem: Problem | null, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }

  /** Stable code from the catalogue; null when the server was not reached. */
  get code(): ErrorCode | null {
    return this.problem?.code ?? null;
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return this.problem === null || this.problem.retryable;
  }
}
