import type { Conversation, ParsedQuery } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import { isStorableTime } from "../../platform/is-storable-time.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { presentConversation } from "./present-conversation.ts";
import { listAllConversations, listConversations as listStatement } from "./store.ts";

/** Contains the text, whatever signs it holds. */
const patternOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `%${text.replace(/[\\%_]/g, "\\$&")}%`;

interface Position {
  updatedAt: string;
  id: string;
}

/**
 * One page of the actor's inbox, newest activity first.
 * @throws AppError `invalid_request` for a cursor that this server did not give
 */
export async function listConversations(
  { db }: Pick<Deps, "db">,
  actor: UserActor,
  query: ParsedQuery<"listConversations">,
): Promise<{ conversations: Conversation[]; nextCursor: string | null }> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const rows = await readPage(db, actor, query, after);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    conversations: page.map((row) => presentConversation(row, actor.userId)),
    nextCursor: last === undefined ? null : writeCursor({ updatedAt: last.updated_at, id: last.id }),
  };
}

async function readPage(
  db: Deps["db"],
  { userId }: UserActor,
  query: ParsedQuery<"listConversations">,
  after: Position | null,
): Promise<ConversationRow[]> {
  const { limit, filter, type, subjectType, subjectId, q, box } = query;
  const place = [userId, limit + 1, after?.updatedAt, after?.id];
  const narrow = [type, subjectType, subjectId, patternOf(q)];
  if (filter === "all" && box === "all" && narrow.every((one) => one === undefined)) {
    return db.readAs(userId, listAllConversations, place);
  }
  // pg writes undefined as null: any.
  return db.readAs(userId, listStatement, [...place, filter, ...narrow, box]);
}

const writeCursor = ({ updatedAt, id }: Position): string => Buffer.from(`${updatedAt} ${id}`).toString("base64url");

function readCursor(cursor: string): Position {
  const [updatedAt = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  if (!isUuid(id) || !isStorableTime(updatedAt)) {
    throw new AppError("invalid_request", {
      errors: [{ path: "cursor", code: "invalid_cursor", message: "Use the nextCursor of the page before." }],
    });
  }
  return { updatedAt, id };
}
