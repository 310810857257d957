import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { Transaction } from "../../platform/db/database.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { lockConversation } from "../conversations/store.ts";
import {
  findQuotesDue,
  isMessage,
  putQuotesDue,
  readAudience,
  requoteReplies as requoteStatement,
  takeQuotesDue,
} from "./store.ts";

/** Replies looked at in one transaction: so long, at most, an edit keeps the conversation locked. */
const REPLIES_AT_ONCE = 200;
/** Messages whose older replies are brought along in one turn, a step each. */
const MESSAGES_AT_ONCE = 20;
/**
 * Told one by one up to this many replies whose quote changed. Of more only the last one is told: its version leaves a
 * hole, so that every client asks for the others, in one answer.
 */
const REPLIES_TOLD = 50;

/**
 * Brings the quotes in the newest replies below a seq along. When there may be more, they are put on a list, in the same transaction.
 * @returns the replies that changed, in the order of their versions
 */
export async function requoteReplies(
  tx: Transaction,
  { id, conversationId }: Pick<Message, "id" | "conversationId">,
  belowSeq = Number.MAX_SAFE_INTEGER,
): Promise<Message[]> {
  const rows = await tx.query(requoteStatement, [id, belowSeq, REPLIES_AT_ONCE]);
  const { looked_at: lookedAt = 0, lowest = null } = rows[0] ?? {};
  if (lookedAt === REPLIES_AT_ONCE) await tx.query(putQuotesDue, [id, conversationId, lowest]);
  return rows.filter(isMessage).map(presentMessage);
}

/** After the commit. */
export function tellReplies(
  { fanOut }: Pick<Deps, "fanOut">,
  recipients: readonly string[],
  replies: readonly Message[],
): void {
  for (const reply of replies.length > REPLIES_TOLD ? replies.slice(-1) : replies) {
    fanOut.toParticipants(reply.conversationId, recipients, "message:updated", reply);
  }
}

/** The next step for each message whose older replies still quote what it said before; to be called again and again. */
export async function requoteDue(deps: Pick<Deps, "db" | "fanOut" | "changes">): Promise<void> {
  const failures: unknown[] = [];
  for (const due of await deps.db.query(findQuotesDue, [MESSAGES_AT_ONCE])) {
    const message = { id: due.message_id, conversationId: due.conversation_id };
    // Stands in line like one more person. One that fails stays on the list, and does not keep the others from their turn.
    const step = deps.changes.run(message.conversationId, "", () => requoteOlder(deps, message));
    await step.catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function requoteOlder(
  { db, fanOut }: Pick<Deps, "db" | "fanOut">,
  message: Pick<Message, "id" | "conversationId">,
): Promise<void> {
  const { replies, recipients } = await db.transaction(async (tx) => {
    await tx.query(lockConversation, [message.conversationId]);
    // Another process may have been faster.
    const [due] = await tx.query(takeQuotesDue, [message.id]);
    const replies = due === undefined ? [] : await requoteReplies(tx, message, due.below_seq);
    const [audience] = await tx.query(readAudience, [message.conversationId]);
    return { replies, recipients: audience?.recipients ?? [] };
  });
  tellReplies({ fanOut }, recipients, replies);
}
