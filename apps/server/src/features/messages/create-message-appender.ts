import type { Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import { uuidV7 } from "../../platform/uuid.ts";
import { presentMessage, presentQuote } from "../conversations/present-message.ts";
import { type AppendTracing, traceAppends } from "../../platform/tracing/trace-appends.ts";
import { appendKey } from "./append-key.ts";
import { AppendLane, type PendingAppend } from "./append-lane.ts";
import type { AppendRequest, MessageAppender } from "./message-appender.ts";
import { type AppendedRow, appendMessages, readAudience } from "./store.ts";
import { UncertainAppends } from "./uncertain-appends.ts";

type AppenderDeps = Pick<Deps, "db" | "fanOut" | "bus" | "clock" | "metrics" | "logger" | "tracing">;
/** `traces`: of the messages of a batch, where they are traced. */
type BatchDeps = AppenderDeps & { readonly traces: AppendTracing | undefined };

/**
 * Opens the write path. A conversation always takes the same lane, so its batches go one after the other and its events
 * leave in the order of their commits.
 * @param lanes how many batches may be in flight at once
 */
export function createMessageAppender(deps: AppenderDeps, lanes: number): MessageAppender {
  const uncertain = new UncertainAppends();
  const traces = deps.tracing && traceAppends(deps.tracing);
  const withTraces = { ...deps, traces };
  const queues = Array.from(
    { length: lanes },
    () => new AppendLane((batch) => appendBatch(withTraces, uncertain, batch)),
  );
  const push = (request: AppendRequest) => laneOf(queues, request.conversationId).push(request);
  return {
    append: traces === undefined ? push : (request) => traces.wait(request, () => push(request)),
    get waiting() {
      return queues.reduce((sum, lane) => sum + lane.waiting, 0);
    },
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
  deps: BatchDeps,
  uncertain: UncertainAppends,
  batch: readonly PendingAppend[],
): Promise<void> {
  const rows = await commitBatch(deps, uncertain, batch);
  rows.sort((one, other) => one.ord - other.ord);
  const recipients = new Map<string, readonly string[]>();
  const owed: AppendedRow[] = [];
  for (const row of rows) {
    const pending = batch[row.ord - 1];
    if (pending === undefined) continue;
    const wasUncertain = uncertain.settle(pending.key);
    if (row.outcome === "accepted") accept(deps, pending, row, recipients);
    else if (row.outcome === "repeated") pending.resolve({ message: presentMessage(row), repeated: true });
    else pending.reject(new AppError(row.outcome));
    if (row.outcome === "accepted") uncertain.told(pending.key);
    else if (row.outcome === "repeated" && wasUncertain) owed.push(row);
  }
  // Before the lane's next batch, so that nothing newer of the conversation is told in between.
  for (const row of owed) await tellLate(deps, uncertain, row);
}

async function commitBatch(
  deps: BatchDeps,
  uncertain: UncertainAppends,
  batch: readonly PendingAppend[],
): Promise<AppendedRow[]> {
  const requests = batch.map(({ request }) => request);
  const columns = toColumns(requests, deps.clock.now());
  const started = performance.now();
  const answered = deps.traces?.leave(requests);
  try {
    const rows = await deps.db.append(appendMessages, columns);
    answered?.();
    deps.metrics.batchAppended(batch.length, (performance.now() - started) / 1_000);
    return rows;
  } catch (error) {
    answered?.(error);
    uncertain.add(batch.map(({ key }) => key));
    throw error;
  }
}

/** @param recipients by conversation; only the first message of each brings them */
function accept(
  deps: BatchDeps,
  { request, resolve }: PendingAppend,
  row: AppendedRow,
  recipients: Map<string, readonly string[]>,
): void {
  const message = presentAccepted(request, row);
  if (row.recipients !== null) recipients.set(request.conversationId, row.recipients);
  resolve({ message, repeated: false });
  const told = recipients.get(request.conversationId) ?? [];
  const wasBehind = row.sender_was_behind === true;
  if (deps.traces === undefined) tell(deps, message, told, wasBehind);
  else deps.traces.follow(request, () => tell(deps, message, told, wasBehind));
}

/** What the database need not send back was in the request. */
const presentAccepted = (
  { conversationId, clientMessageId, senderId, kind, content }: AppendRequest,
  row: AppendedRow,
): Message => ({
  id: row.id,
  conversationId,
  seq: row.seq,
  version: row.version,
  clientMessageId,
  senderId,
  kind,
  content,
  replyTo: presentQuote(row),
  mentions: row.mentions ?? [],
  reactions: [],
  pinnedAt: null,
  createdAt: row.created_at,
  editedAt: null,
  deletedAt: null,
});

function tell(deps: AppenderDeps, message: Message, recipients: readonly string[], senderWasBehind: boolean): void {
  deps.fanOut.toParticipants(message.conversationId, recipients, "message:new", message);
  deps.bus.emit("messageAppended", { message, recipients, senderWasBehind });
}

/**
 * It was committed in a batch whose answer was lost, and only its repeat told us so. While it is the newest change its
 * event is owed; when something came after it, the hole has been noticed already, and an old event would come out of order.
 */
async function tellLate(deps: AppenderDeps, uncertain: UncertainAppends, row: AppendedRow): Promise<void> {
  const message = presentMessage(row);
  uncertain.told(appendKey(message));
  try {
    const [audience] = await deps.db.query(readAudience, [message.conversationId]);
    if (audience?.version === message.version) tell(deps, message, audience.recipients, true);
  } catch (error) {
    // The digest tells the clients that something is missing.
    deps.logger.warn({ err: error }, "A message found committed could not be told");
  }
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
    requests.map(({ replyToSeq }) => replyToSeq),
    requests.map(({ mentions }) => (mentions.length === 0 ? null : JSON.stringify(mentions))),
  ];
}
