import { AppError } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import type { Actor } from "../auth/actor.ts";
import { countOthers } from "./store.ts";

/**
 * People keep somebody in charge: the last owner neither leaves nor steps down while others stay. The host may do it.
 * @throws AppError `last_owner`
 */
export async function requireAnotherOwner(
  tx: Transaction,
  actor: Actor,
  conversationId: string,
  userId: string,
): Promise<void> {
  if (actor.kind === "host") return;
  const [others] = await tx.query(countOthers, [conversationId, userId]);
  if (others !== undefined && others.people > 0 && others.owners === 0) throw new AppError("last_owner");
}
