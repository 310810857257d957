import type { Conversation, ParsedQuery } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import { isStorableTime } from "../../platform/is-storable-time.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { presentConversation } from "./present-conversation.ts";
import {
  listAllConversations,
  listOldestConversations,
  listConversations as listStatement,
  listUnreadConversations,
} from "./store.ts";

/** Contains the text, whatever signs it holds. */
const patternOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/** The last one of a page. */
interface Position {
  updatedAt: string;
  id: string;
  /** Where what is unread comes first. */
  unread: boolean;
}

type Sort = ParsedQuery<"listConversations">["sort"];

/**
 * One page of the actor's inbox.
 * @throws AppError `invalid_request` for a cursor that this server did not give, or for another order
 */
export async function listConversations(
  { db }: Pick<Deps, "db">,
  actor: UserActor,
  query: ParsedQuery<"listConversations">,
): Promise<{ conversations: Conversation[]; nextCursor: string | null }> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor, query.sort);
  const rows = await readPage(db, actor, query, after);
  const page = rows.slice(0, query.limit);
  const conversations = page.map((row) => presentConversation(row, actor.userId));
  const last = rows.length > query.limit ? conversations.at(-1) : undefined;
  return { conversations, nextCursor: last === undefined ? null : writeCursor(last, query.sort) };
}

async function readPage(
  db: Deps["db"],
  { userId }: UserActor,
  query: ParsedQuery<"listConversations">,
  after: Position | null,
): Promise<ConversationRow[]> {
  const { limit, filter, sort, type, subjectType, subjectId, q, box } = query;
  const place = [userId, limit + 1, after?.updatedAt, after?.id];
  const narrow = [type, subjectType, subjectId, patternOf(q)];
  if (sort === "newest" && filter === "all" && box === "all" && narrow.every((one) => one === undefined)) {
    return db.readAs(userId, listAllConversations, place);
  }
  // pg writes undefined as null: any.
  const asked = [...place, filter, ...narrow, box];
  if (sort === "unread") return db.readAs(userId, listUnreadConversations, [...asked, after?.unread]);
  if (sort === "oldest") return db.readAs(userId, listOldestConversations, asked);
  return db.readAs(userId, listStatement, asked);
}

function writeCursor({ updatedAt, id, unread, preferences }: Conversation, sort: Sort): string {
  const part = sort === "unread" && unread === 0 && !preferences.markedUnread ? "read" : sort;
  return Buffer.from(`${updatedAt} ${id} ${part}`).toString("base64url");
}

function readCursor(cursor: string, sort: Sort): Position {
  const [updatedAt = "", id = "", part = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const isOfSort = part === sort || (part === "read" && sort === "unread");
  if (!isUuid(id) || !isStorableTime(updatedAt) || !isOfSort) {
    throw new AppError("invalid_request", {
      errors: [
        { path: "cursor", code: "invalid_cursor", message: "Use the nextCursor of the page before, and its sort." },
      ],
    });
  }
  return { updatedAt, id, unread: part === "unread" };
}
