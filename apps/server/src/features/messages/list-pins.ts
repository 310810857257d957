import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { isMessage, readPins } from "./store.ts";

/**
 * The pinned messages of a conversation, the last pinned one first.
 * @throws AppError `not_found` when the actor does not take part
 */
export async function listPins({ db }: Pick<Deps, "db">, actor: UserActor, conversationId: string): Promise<Message[]> {
  if (!isUuid(conversationId)) throw notFound();
  const rows = await db.readAs(actor.userId, readPins, [conversationId, actor.userId]);
  if (rows.length === 0) throw notFound();
  return rows.filter(isMessage).map(presentMessage);
}
