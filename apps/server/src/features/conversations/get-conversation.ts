import type { Conversation } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { UserActor } from "../auth/actor.ts";
import { presentConversation } from "./present-conversation.ts";
import { findConversation } from "./store.ts";

/** @throws AppError `not_found` when the actor does not take part, or there is no such conversation */
export async function getConversation({ db }: Pick<Deps, "db">, actor: UserActor, id: string): Promise<Conversation> {
  const [row] = isUuid(id) ? await db.readAs(actor.userId, findConversation, [id, actor.userId]) : [];
  if (row === undefined) throw notFound();
  return presentConversation(row, actor.userId);
}
