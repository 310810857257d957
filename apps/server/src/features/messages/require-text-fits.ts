import type { ConversationTypePolicy } from "@parley/protocol";
import { AppError } from "../../platform/app-error.ts";

/** @throws AppError `message_too_long`; lengths count code points, as people count characters more nearly than UTF-16 does */
export function requireTextFits({ maxTextLength }: ConversationTypePolicy, content: string): void {
  // Never more code points than UTF-16 units: most texts need no counting.
  if (content.length <= maxTextLength) return;
  const length = [...content].length;
  if (length <= maxTextLength) return;
  throw new AppError("message_too_long", {
    detail: `The text has ${length} characters; ${maxTextLength} are allowed.`,
    errors: [{ path: "content", code: "too_big", message: `At most ${maxTextLength} characters.` }],
  });
}
