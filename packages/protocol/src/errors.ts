import { z } from "zod";

/** Every error code that leaves the server: HTTP status, whether the same request may succeed later, and its title. */
export const errors = {
  invalid_request: { status: 400, retryable: false, title: "The request is not valid." },
  message_too_long: { status: 400, retryable: false, title: "The message is longer than this conversation allows." },
  unknown_conversation_type: { status: 400, retryable: false, title: "There is no such conversation type." },
  unauthenticated: { status: 401, retryable: false, title: "A valid token is needed." },
  token_expired: { status: 401, retryable: false, title: "The token has expired." },
  forbidden: { status: 403, retryable: false, title: "You may not do this." },
  origin_not_allowed: { status: 403, retryable: false, title: "This origin may not use the session." },
  conversation_locked: { status: 403, retryable: false, title: "The conversation is locked." },
  conversation_archived: { status: 403, retryable: false, title: "The conversation is archived." },
  writers_only: { status: 403, retryable: false, title: "Only admins write in this conversation." },
  edit_window_closed: { status: 403, retryable: false, title: "The time for editing is over." },
  not_found: { status: 404, retryable: false, title: "There is no such thing, or it is not yours." },
  client_message_id_reused: {
    status: 409,
    retryable: false,
    title: "This clientMessageId was used for another message.",
  },
  reply_target_not_found: { status: 400, retryable: false, title: "There is no such message to reply to." },
  undo_window_closed: { status: 403, retryable: false, title: "The time for taking the deletion back is over." },
  too_many_reactions: { status: 409, retryable: false, title: "The message has as many reactions as it can hold." },
  too_many_own_reactions: {
    status: 409,
    retryable: false,
    title: "You have as many reactions on this message as one person may have.",
  },
  too_many_pins: { status: 409, retryable: false, title: "The conversation has as many pins as it can hold." },
  message_deleted: { status: 409, retryable: false, title: "The message was deleted." },
  too_many_participants: { status: 409, retryable: false, title: "The conversation is full." },
  last_owner: { status: 409, retryable: false, title: "A conversation keeps at least one owner." },
  payload_too_large: { status: 413, retryable: false, title: "The request is too large." },
  unsupported_media_type: { status: 415, retryable: false, title: "Send JSON." },
  rate_limited: { status: 429, retryable: true, title: "Too many requests." },
  internal: { status: 500, retryable: true, title: "Something went wrong on our side." },
  overloaded: { status: 503, retryable: true, title: "The server is busy." },
  unavailable: { status: 503, retryable: true, title: "The server cannot do this right now." },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>;

export type ErrorCode = keyof typeof errors;

/** RFC 9457 problem; the same object stands in a refused acknowledgement. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]),
    retryable: z.boolean(),
    /** When to try again, in milliseconds from now. */
    retryAfterMs: z.int().min(0).optional(),
    errors: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;
