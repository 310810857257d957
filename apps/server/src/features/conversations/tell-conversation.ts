import type { Conversation } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import type { Actor } from "../auth/actor.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { presentConversation } from "./present-conversation.ts";
import { findConversationAsHost } from "./store.ts";

/**
 * Loads a conversation past the policies: for what somebody who may has just changed. Inside that transaction, while the
 * conversation is locked: what is told then has exactly the version of this change.
 */
export async function loadChanged(tx: Transaction, conversationId: string): Promise<ConversationRow> {
  const [row] = await tx.query(findConversationAsHost, [conversationId]);
  if (row === undefined) throw notFound();
  return row;
}

/**
 * Tells participants of a conversation, each as they see it, wherever they are connected. `userIds`: only these; left out:
 * all of them.
 */
export function tellConversation(
  { bus }: Pick<Deps, "bus">,
  name: "conversation:new" | "conversation:updated",
  row: ConversationRow,
  userIds: readonly string[] = participantIds(row),
): void {
  bus.emit("conversationTold", { name, row: { ...row }, userIds });
}

/** Each process presents it to those who are connected to it. */
export function subscribeConversations({ bus, fanOut }: Pick<Deps, "bus" | "fanOut">): void {
  bus.on("conversationTold", ({ name, row, userIds }) => {
    const read = row as unknown as ConversationRow;
    for (const userId of fanOut.connected(userIds)) {
      fanOut.here.toParticipants(read.id, [userId], name, presentConversation(read, userId));
    }
  });
}

export const participantIds = (row: ConversationRow): string[] => (row.participants ?? []).map(({ id }) => id);

export const presentTo = (actor: Actor, row: ConversationRow): Conversation =>
  presentConversation(row, actor.kind === "user" ? actor.userId : null);
