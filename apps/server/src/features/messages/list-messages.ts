import type { Message, ParsedQuery } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { isMessage, readHistory } from "./store.ts";

/** Two stretches that meet: below a seq, and from a seq on. Each asks for one message more than it shows. */
interface Window {
  below: number;
  belowLimit: number;
  from: number;
  fromLimit: number;
}

/**
 * A page of history, oldest first.
 * @throws AppError `not_found` when the actor does not take part
 */
export async function listMessages(
  { db }: Pick<Deps, "db">,
  actor: UserActor,
  { conversationId, query }: { conversationId: string; query: ParsedQuery<"listMessages"> },
): Promise<{ messages: Message[]; hasMore: boolean }> {
  if (!isUuid(conversationId)) throw notFound();
  const { below, belowLimit, from, fromLimit } = windowOf(query);
  const rows = await db.readAs(actor.userId, readHistory, [
    conversationId,
    actor.userId,
    below,
    belowLimit === 0 ? 0 : belowLimit + 1,
    from,
    fromLimit === 0 ? 0 : fromLimit + 1,
  ]);
  if (rows.length === 0) throw notFound();
  const found = rows.filter(isMessage);
  const older = found.filter(({ seq }) => seq < below && belowLimit > 0);
  const newer = found.filter(({ seq }) => seq >= from && fromLimit > 0);
  const page = [...older.slice(-belowLimit || older.length), ...newer.slice(0, fromLimit)];
  return { messages: page.map(presentMessage), hasMore: page.length < found.length };
}

function windowOf({ limit, before, after, around }: ParsedQuery<"listMessages">): Window {
  if (after !== undefined) return { below: 0, belowLimit: 0, from: after + 1, fromLimit: limit };
  if (around !== undefined) {
    const belowLimit = Math.floor(limit / 2);
    return { below: around, belowLimit, from: around, fromLimit: limit - belowLimit };
  }
  const below = before ?? Number.MAX_SAFE_INTEGER;
  return { below, belowLimit: limit, from: below, fromLimit: 0 };
}
