import type { MessageKind, SendMessageInput } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { Actor } from "../auth/actor.ts";
import type { NamedPolicy } from "../conversations/conversation-policies.ts";
import { requireParticipant } from "../participants/require-participant.ts";
import { requireRate } from "./require-rate.ts";
import { requireTextFits } from "./require-text-fits.ts";
import { findOwnSend } from "./store.ts";
import type { AppendResult } from "./message-appender.ts";

type SendDeps = Pick<Deps, "db" | "appender" | "limiter" | "policies" | "metrics">;

interface Send extends SendMessageInput {
  conversationId: string;
}

/**
 * Sends a message, over whatever way in. Resolves when it is committed. The same clientMessageId of the same sender again
 * resolves to the first result.
 * @throws AppError `not_found`, `forbidden`, `invalid_request`, `message_too_long`, `rate_limited`,
 *   `client_message_id_reused`, `reply_target_not_found`, `conversation_locked`, `conversation_archived`, `writers_only`, `overloaded`, `unavailable`
 */
export async function sendMessage(deps: SendDeps, actor: Actor, input: Send): Promise<AppendResult> {
  try {
    const author = authorOf(actor, input);
    const named = await deps.policies.of(actor, input.conversationId);
    await admit(deps, actor, named, input);
    const result = await deps.appender.append({
      conversationId: input.conversationId,
      clientMessageId: input.clientMessageId,
      content: input.content,
      byHost: actor.kind === "host",
      adminsOnly: named.policy.writers === "admins",
      replyToSeq: input.replyToSeq ?? null,
      mentions: input.mentions ?? [],
      ...author,
    });
    deps.metrics.messageAccepted(result.repeated);
    return result;
  } catch (error) {
    deps.metrics.messageRefused(error instanceof AppError ? error.code : "internal");
    throw error;
  }
}

/** Only the host speaks as itself, or for somebody. */
function authorOf(actor: Actor, { kind = "text", senderId }: Send): { senderId: string | null; kind: MessageKind } {
  if (actor.kind === "user") {
    if (kind === "text" && (senderId === undefined || senderId === actor.userId))
      return { senderId: actor.userId, kind };
    throw new AppError("forbidden", { detail: "Only the host posts system messages or speaks for somebody." });
  }
  if (kind === "system" && senderId === undefined) return { senderId: null, kind };
  if (kind === "text" && senderId !== undefined) return { senderId, kind };
  throw new AppError("invalid_request", {
    detail: 'The host posts with kind "system" and no senderId, or with the senderId of a participant.',
    errors: [{ path: "senderId", code: "sender_mismatch", message: "Does not fit the kind." }],
  });
}

async function admit(
  deps: SendDeps,
  actor: Actor,
  named: NamedPolicy,
  { conversationId, clientMessageId, content }: Send,
): Promise<void> {
  try {
    requireTextFits(named.policy, content);
    if (actor.kind === "user") await requireRate(deps, actor, named, "message");
  } catch (refusal) {
    if (actor.kind === "host") throw refusal;
    // Whoever does not take part must not learn from the refusal that there is something.
    await requireParticipant(deps, actor, conversationId);
    // What is stored already is only asked for again: no policy refuses that.
    const stored = await deps.db.readAs(actor.userId, findOwnSend, [conversationId, actor.userId, clientMessageId]);
    if (stored.length === 0) throw refusal;
  }
}
