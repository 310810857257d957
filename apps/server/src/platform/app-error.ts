import { type ErrorCode, errors, type Problem } from "@parley/protocol";

interface AppErrorDetails {
  /** A sentence for the caller: what, and what to do. Never holds contents or secrets. */
  detail?: string;
  /** When to try again, in milliseconds from now. */
  retryAfterMs?: number;
  errors?: NonNullable<Problem["errors"]>;
  cause?: unknown;
}

/** A refusal that the caller gets to see. `code` is one of the catalogue; everything else follows from it. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: AppErrorDetails;

  constructor(code: ErrorCode, details: AppErrorDetails = {}) {
    super(details.detail ?? errors[code].title, { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  /** The RFC 9457 object for HTTP bodies and refused acknowledgements. */
  toProblem(): Problem {
    const { status, retryable, title } = errors[this.code];
    const { detail, retryAfterMs, errors: fieldErrors } = this.details;
    return {
      type: `urn:parley:problem:${this.code}`,
      title,
      status,
      code: this.code,
      retryable,
      ...(detail !== undefined && { detail }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(fieldErrors !== undefined && { errors: fieldErrors }),
    };
  }
}

/** A foreign id and an unknown id look the same. */
export const notFound = (): AppError => new AppError("not_found");
