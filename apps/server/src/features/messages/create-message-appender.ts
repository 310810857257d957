import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import { uuidV7 } from "../../platform/uuid.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { AppendLane, type PendingAppend } from "./append-lane.ts";
import type { AppendRequest, MessageAppender } from "./message-appender.ts";
import { type AppendedRow, appendMessages, readAudience } from "./store.ts";
import { UncertainAppends } from "./uncertain-appends.ts";

type AppenderDeps = Pick<Deps, "db" | "fanOut" | "bus" | "clock" | "metrics" | "logger">;

/**
 * Opens the write path. A conversation always takes the same lane, so its batches go one after the other and its events
 * leave in the order of their commits.
 * @param lanes how many batches may be in flight at once
 */
export function createMessageAppender(deps: AppenderDeps, lanes: number): MessageAppender {
  const uncertain = new UncertainAppends();
  const queues = Array.from({ length: lanes }, () => new AppendLane((batch) => appendBatch(deps, uncertain, batch)));
  return {
    append: (request) => laneOf(queues, request.conversationId).push(request),
    drain: async () => {
      await Promise.all(queues.map((lane) => lane.drain()));
    },
  };
}

/** By the last bits of the id, which are random in a UUIDv7. */
function laneOf(queues: readonly AppendLane[], conversationId: string): AppendLane {
  const lane = queues[Number.parseInt(conversationId.slice(-4), 16) % queues.length];
  if (lane === undefined) throw new AppError("internal");
  return lane;
}

/** One round trip for the whole batch, then its events and answers. Rejects when nothing of it is known to be committed. */
async function appendBatch(
  deps: AppenderDeps,
  uncertain: UncertainAppends,
  batch: readonly PendingAppend[],
): Promise<void> {
  const requests = batch.map(({ request }) => request);
  const started = performance.now();
  const rows = await deps.db.append(appendMessages, toColumns(requests, deps.clock.now())).catch((error: unknown) => {
    uncertain.add(requests);
    throw error;
  });
  deps.metrics.batchAppended(batch.length, (performance.now() - started) / 1_000);
  rows.sort((one, other) => one.ord - other.ord);
  const recipients = recipientsOf(rows);
  const owed: AppendedRow[] = [];
  for (const row of rows) {
    const pending = batch[row.ord - 1];
    if (pending === undefined) continue;
    const message = settle(pending, row);
    const wasUncertain = uncertain.settle(pending.request);
    if (row.outcome === "accepted" || wasUncertain) uncertain.told(pending.request);
    if (row.outcome === "accepted") tell(deps, row, message, recipients.get(row.conversation_id) ?? []);
    else if (row.outcome === "repeated" && wasUncertain) owed.push(row);
  }
  // Before the lane's next batch, so that nothing newer of the conversation is told in between.
  for (const row of owed) await tellLate(deps, row);
}

function settle({ resolve, reject }: PendingAppend, row: AppendedRow): Message {
  const message = presentMessage(row);
  if (row.outcome === "accepted" || row.outcome === "repeated") {
    resolve({ message, repeated: row.outcome === "repeated" });
  } else {
    reject(new AppError(row.outcome));
  }
  return message;
}

function tell(deps: AppenderDeps, row: AppendedRow, message: Message, recipients: readonly string[]): void {
  deps.fanOut.toParticipants(message.conversationId, recipients, "message:new", message);
  deps.bus.emit("messageAppended", { message, recipients, senderWasBehind: row.sender_was_behind === true });
}

/**
 * It was committed in a batch whose answer was lost, and only its repeat told us so. While it is the newest change its
 * event is owed; when something came after it, the hole has been noticed already, and an old event would come out of order.
 */
async function tellLate(deps: AppenderDeps, row: AppendedRow): Promise<void> {
  try {
    const [audience] = await deps.db.query(readAudience, [row.conversation_id]);
    if (audience?.version !== row.version) return;
    tell(deps, { ...row, sender_was_behind: true }, presentMessage(row), audience.recipients);
  } catch (error) {
    // The digest tells the clients that something is missing.
    deps.logger.warn({ err: error }, "A message found committed could not be told");
  }
}

function recipientsOf(rows: readonly AppendedRow[]): Map<string, string[]> {
  const byConversation = new Map<string, string[]>();
  for (const { conversation_id, recipients } of rows) {
    if (recipients !== null) byConversation.set(conversation_id, recipients);
  }
  return byConversation;
}

function toColumns(requests: readonly AppendRequest[], now: number): unknown[] {
  return [
    requests.map(() => uuidV7(now)),
    requests.map(({ conversationId }) => conversationId),
    requests.map(({ senderId }) => senderId),
    requests.map(({ clientMessageId }) => clientMessageId),
    requests.map(({ kind }) => kind),
    requests.map(({ content }) => content),
    requests.map(({ byHost }) => byHost),
    requests.map(({ adminsOnly }) => adminsOnly),
  ];
}
