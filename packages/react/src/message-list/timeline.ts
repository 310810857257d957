import type { OutboxMessage } from "@parley/client";
import type { Conversation, Message } from "@parley/protocol";
import { dayKey } from "../labels/formats.ts";

/** One line of the history: a message of the server, or one that still waits in the outbox. */
export type TimelineEntry =
  | { readonly key: string; readonly message: Message; readonly outbox: null }
  | { readonly key: string; readonly message: null; readonly outbox: OutboxMessage };

export type DeliveryStatus = "pending" | "failed" | "sent" | "delivered" | "read";

/** Where an entry stands in the run of one sender: the first shows the name, the last the avatar. */
export interface Placement {
  readonly first: boolean;
  readonly last: boolean;
}

/** Messages of one sender that are not further apart stand together. */
const GROUP_MS = 5 * 60_000;

/** The same for a message before and after it is confirmed, so that its row never flickers. */
const keyOf = (senderId: string | null, clientMessageId: string) => `${senderId ?? "host"}:${clientMessageId}`;

/** Confirmed messages, then what waits in the outbox; one that stands in both is shown once. */
export function buildTimeline(
  messages: readonly Message[],
  outbox: readonly OutboxMessage[],
  selfId: string | null,
): TimelineEntry[] {
  const entries: TimelineEntry[] = messages.map((message) => ({
    key: keyOf(message.senderId, message.clientMessageId),
    message,
    outbox: null,
  }));
  if (outbox.length === 0) return entries;
  const known = new Set(entries.map((entry) => entry.key));
  for (const waiting of outbox) {
    const key = keyOf(selfId, waiting.clientMessageId);
    if (!known.has(key)) entries.push({ key, message: null, outbox: waiting });
  }
  return entries;
}

const timeOf = (entry: TimelineEntry) => entry.message?.createdAt ?? entry.outbox?.createdAt ?? "";
const isSystem = (entry: TimelineEntry) => entry.message?.kind === "system";
const senderOf = (entry: TimelineEntry, selfId: string | null) => (entry.message ? entry.message.senderId : selfId);

function belongTogether(a: TimelineEntry | undefined, b: TimelineEntry | undefined, selfId: string | null): boolean {
  if (a === undefined || b === undefined || isSystem(a) || isSystem(b)) return false;
  if (senderOf(a, selfId) !== senderOf(b, selfId)) return false;
  const [from, to] = [timeOf(a), timeOf(b)];
  return Date.parse(to) - Date.parse(from) <= GROUP_MS && dayKey(from) === dayKey(to);
}

/** Whether the entry at `index` begins or ends a run of one sender. A run ends at the line above `unreadFrom`, a seq. */
export function placementOf(
  entries: readonly TimelineEntry[],
  index: number,
  selfId: string | null,
  unreadFrom: number | null = null,
): Placement {
  const entry = entries[index];
  const next = entries[index + 1];
  const isNew = (at: TimelineEntry | undefined) => unreadFrom !== null && at?.message?.seq === unreadFrom;
  return {
    first: isNew(entry) || !belongTogether(entries[index - 1], entry, selfId),
    last: isNew(next) || !belongTogether(entry, next, selfId),
  };
}

/** Where the line for what is new stands, a seq. Whoever has said something below it has seen what was new: then there is none. */
export function unansweredFrom(
  unreadFrom: number | null,
  entries: readonly TimelineEntry[],
  selfId: string | null,
): number | null {
  if (unreadFrom === null) return null;
  const own = entries.findLast(({ message }) => message?.senderId === selfId);
  return (own?.message?.seq ?? 0) >= unreadFrom ? null : unreadFrom;
}

export interface TimelineDay {
  readonly key: string;
  /** ISO 8601 of the first entry: gives the day its name. */
  readonly at: string;
  /** Index of the first entry in the slice that was given. */
  readonly start: number;
  readonly entries: readonly TimelineEntry[];
}

/** Cuts a stretch of the timeline into days. */
export function groupByDay(entries: readonly TimelineEntry[]): TimelineDay[] {
  const days: { key: string; at: string; start: number; entries: TimelineEntry[] }[] = [];
  entries.forEach((entry, index) => {
    const at = timeOf(entry);
    const key = dayKey(at);
    const current = days.at(-1);
    // A device with a wrong clock may date a waiting message earlier: it stays at the end, in the day above it.
    if (current !== undefined && (current.key === key || at < current.at)) current.entries.push(entry);
    else days.push({ key, at, start: index, entries: [entry] });
  });
  return days;
}

/** How far the others have come: the lowest position among them, null when there are none. */
export interface OthersPositions {
  readonly readSeq: number;
  readonly deliveredSeq: number;
}

/** Read counts as delivered too, whatever the server reported first. `readShown` false: who keeps it secret is not told. */
export function positionsOfOthers(
  conversation: Conversation | undefined,
  selfId: string | null,
  readShown = true,
): OthersPositions | null {
  const others = conversation?.participants.filter(({ user }) => user.id !== selfId) ?? [];
  if (others.length === 0) return null;
  return {
    readSeq: readShown ? Math.min(...others.map((other) => other.readSeq)) : 0,
    deliveredSeq: Math.min(...others.map((other) => Math.max(other.readSeq, other.deliveredSeq))),
  };
}

/** What the ticks of an own message say; in a group it is read when all have read it. */
export function deliveryStatus(entry: TimelineEntry, others: OthersPositions | null): DeliveryStatus {
  if (entry.message === null) return entry.outbox.status;
  if (others === null) return "sent";
  if (others.readSeq >= entry.message.seq) return "read";
  return others.deliveredSeq >= entry.message.seq ? "delivered" : "sent";
}
