import { AppError } from "../../platform/app-error.ts";
import { isStorableTime } from "../../platform/is-storable-time.ts";
import { isUuid } from "../../platform/uuid.ts";

/** Where a page begins: behind this message. The order of a search is by time, conversation and seq. */
export interface SearchPlace {
  readonly at: string;
  readonly conversationId: string;
  readonly seq: number;
}

export const writeSearchCursor = ({ at, conversationId, seq }: SearchPlace): string =>
  Buffer.from(`${at} ${conversationId} ${seq}`).toString("base64url");

/** @throws AppError `invalid_request` for a cursor that this server did not give */
export function readSearchCursor(cursor: string): SearchPlace {
  const [at = "", conversationId = "", seq = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  if (!isStorableTime(at) || !isUuid(conversationId) || !/^\d{1,15}$/.test(seq)) {
    throw new AppError("invalid_request", {
      errors: [{ path: "cursor", code: "invalid_cursor", message: "Use the nextCursor of the page before." }],
    });
  }
  return { at, conversationId, seq: Number(seq) };
}

/** PostgreSQL knows no year 0. */
export const storableTime = (at: string): string => (at.startsWith("0000") ? "0001-01-01T00:00:00.000Z" : at);

/** The place in front of everything that happened from this moment on. */
export const placeBefore = (at: string): SearchPlace => ({
  at: storableTime(at),
  conversationId: "00000000-0000-0000-0000-000000000000",
  seq: 0,
});
