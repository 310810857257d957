import type { Problem } from "@parley/protocol";
import type { z } from "zod";

const LISTED = 20;
const KEY_LENGTH = 64;
const MESSAGE_LENGTH = 200;

/**
 * Says what is wrong with an input, at most 20 faults, the same over HTTP and sockets. `path` is the field, e.g.
 * `participants.0.userId`, empty for the input itself. Nothing repeats a value or a key that the catalogue does not know.
 */
export function listFaults({ issues }: Pick<z.ZodError, "issues">): NonNullable<Problem["errors"]> {
  return issues.slice(0, LISTED).map((issue) => ({
    path: knownPath(issue).join("."),
    code: issue.code,
    message:
      issue.code === "unrecognized_keys"
        ? "Holds keys that are not known here."
        : issue.message.slice(0, MESSAGE_LENGTH),
  }));
}

/** The keys of a record come from the caller. */
function knownPath({ code, path }: z.core.$ZodIssue): string[] {
  const keys = path.map((key) => String(key).slice(0, KEY_LENGTH));
  return code === "invalid_key" ? keys.slice(0, -1) : keys;
}
