import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import { uuidV7 } from "../../platform/uuid.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { AppendLane, type PendingAppend } from "./append-lane.ts";
import type { AppendRequest, AppendResult, MessageAppender } from "./message-appender.ts";
import { type AppendedRow, appendMessages } from "./store.ts";

type AppenderDeps = Pick<Deps, "db" | "fanOut" | "bus" | "clock" | "metrics">;

/**
 * Opens the write path. A conversation always takes the same lane, so its batches go one after the other and its events
 * leave in the order of their commits.
 * @param lanes how many batches may be in flight at once
 */
export function createMessageAppender(deps: AppenderDeps, lanes: number): MessageAppender {
  const queues = Array.from({ length: lanes }, () => new AppendLane((batch) => appendBatch(deps, batch)));
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

/** One round trip for the whole batch, then its events and answers. Rejects when nothing of it was committed. */
async function appendBatch(deps: AppenderDeps, batch: readonly PendingAppend[]): Promise<void> {
  const requests = batch.map(({ request }) => request);
  const started = performance.now();
  const rows = await deps.db.append(appendMessages, toColumns(requests, deps.clock.now()));
  deps.metrics.batchAppended(batch.length, (performance.now() - started) / 1_000);
  rows.sort((one, other) => one.ord - other.ord);
  const recipients = recipientsOf(rows);
  for (const row of rows) settle(deps, row, batch[row.ord - 1], recipients.get(row.conversation_id) ?? []);
}

function settle(
  deps: AppenderDeps,
  row: AppendedRow,
  pending: PendingAppend | undefined,
  recipients: readonly string[],
): void {
  if (row.outcome !== "accepted" && row.outcome !== "repeated") {
    pending?.reject(new AppError(row.outcome));
    return;
  }
  const result: AppendResult = { message: presentMessage(row), repeated: row.outcome === "repeated" };
  pending?.resolve(result);
  if (result.repeated) return;
  deps.fanOut.toParticipants(row.conversation_id, recipients, "message:new", result.message);
  deps.bus.emit("messageAppended", { message: result.message, recipients });
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
