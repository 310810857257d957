import type { HistoryRecord, Sighting, ViewKind } from "./history.ts";
import type { Report, Violation, ViolationKind } from "./history-report.ts";

interface Sent {
  readonly userId: string;
  readonly conversationId: string;
  readonly body: string;
  /** The highest seq that was acknowledged in the conversation before this was sent for the first time. */
  readonly floor: number;
  acked: Sighting | null;
  storedAt: number | null;
}

interface View {
  readonly device: string;
  readonly userId: string;
  readonly kind: ViewKind;
  readonly seqs: Map<string, Set<number>>;
}

const MOST_TOLD = 100;

/**
 * Judges a history record by record, in one pass; memory grows with the number of messages, not of events. What it proves:
 * every acknowledged message is stored exactly once and in every final view of everybody who takes part; seqs are 1 to n;
 * one seq means one message wherever it was seen; nothing was seen that was not sent, with the same body by the same
 * person; repeats got the same answer; events came in order; what was acknowledged before another was sent stands before it,
 * which includes the order of one sender.
 */
class HistoryChecker {
  readonly #violations: Violation[] = [];
  #total = 0;
  readonly #members = new Map<string, Set<string>>();
  /** In the order of their first invocation. */
  readonly #sent = new Map<string, Sent>();
  readonly #ackedUpTo = new Map<string, number>();
  /** Which message stands at a place, by the first who saw it there. */
  readonly #places = new Map<string, string>();
  readonly #placeOfId = new Map<string, string>();
  readonly #heardUpTo = new Map<string, number>();
  readonly #views = new Map<string, View>();
  readonly #stored = new Map<string, Set<number>>();
  readonly #lastSeqs = new Map<string, number>();
  #counts = { attempts: 0, repeats: 0, heard: 0, stored: 0, connections: 0 };
  #silence = { longestMs: 0, since: null as number | null };

  add(record: HistoryRecord): void {
    switch (record.type) {
      case "member":
        addTo(this.#members, record.conversationId, record.userId);
        break;
      case "invoke":
        this.#invoked(record);
        break;
      case "ok":
        this.#acknowledged(record);
        break;
      case "refused":
        return this.#tell("refused", `${record.clientMessageId} of ${record.userId}: ${record.code}`);
      default:
        this.#observed(record);
    }
  }

  /** Call once, after the last record. */
  finish(): Report {
    for (const [conversationId, lastSeq] of this.#lastSeqs) this.#requireWhole(conversationId, lastSeq);
    const lastOfSender = new Map<string, number>();
    for (const [key, sent] of this.#sent) this.#judgeSent(key, sent, lastOfSender);
    for (const view of this.#views.values()) this.#judgeView(view);
    const acked = [...this.#sent.values()].filter((sent) => sent.acked !== null).length;
    return {
      violations: this.#violations,
      total: this.#total,
      sent: this.#sent.size,
      acked,
      ...this.#counts,
      longestSilenceMs: Math.round(this.#silence.longestMs),
    };
  }

  #tell(kind: ViolationKind, what: string): void {
    this.#total += 1;
    if (this.#violations.length < MOST_TOLD) this.#violations.push({ kind, what });
  }

  #observed(record: HistoryRecord): void {
    switch (record.type) {
      case "heard":
        this.#heard(record);
        break;
      case "view":
        this.#views.set(`${record.device} ${record.kind}`, { ...record, seqs: new Map() });
        break;
      case "viewed":
        this.#viewed(record.device, record.kind, record.message);
        break;
      case "stored":
        this.#inDatabase(record.message);
        break;
      case "conversation":
        this.#lastSeqs.set(record.conversationId, record.lastSeq);
        break;
      case "connected":
        this.#counts.connections += 1;
        break;
      default:
    }
  }

  #invoked({ at, userId, conversationId, clientMessageId, body }: HistoryRecord & { type: "invoke" }): void {
    this.#counts.attempts += 1;
    this.#silence.since ??= at;
    const key = keyOf(conversationId, userId, clientMessageId);
    const before = this.#sent.get(key);
    if (before !== undefined) {
      this.#counts.repeats += 1;
      if (before.body !== body) throw new Error(`The test itself sent ${key} with two bodies.`);
      return;
    }
    const floor = this.#ackedUpTo.get(conversationId) ?? 0;
    this.#sent.set(key, { userId, conversationId, body, floor, acked: null, storedAt: null });
  }

  #acknowledged({ at, userId, conversationId, clientMessageId, message }: HistoryRecord & { type: "ok" }): void {
    this.#silence.longestMs = Math.max(this.#silence.longestMs, at - (this.#silence.since ?? at));
    this.#silence.since = at;
    const sent = this.#sent.get(keyOf(conversationId, userId, clientMessageId));
    if (sent === undefined || keyOfMessage(message) !== keyOf(conversationId, userId, clientMessageId)) {
      this.#tell("phantom", `${userId} got an answer for ${clientMessageId} that is about ${describe(message)}`);
      return;
    }
    this.#sighted(message, `the answer to ${userId}`);
    if (sent.acked !== null && !isSamePlace(sent.acked, message)) {
      this.#tell("doubled", `${describe(sent.acked)} was answered again as ${describe(message)}`);
    }
    sent.acked ??= message;
    this.#ackedUpTo.set(conversationId, Math.max(this.#ackedUpTo.get(conversationId) ?? 0, message.seq));
  }

  #heard({ device, userId, connection, message }: HistoryRecord & { type: "heard" }): void {
    this.#counts.heard += 1;
    this.#sighted(message, device);
    this.#requireMember(message, userId, device);
    const stream = `${device} ${connection} ${message.conversationId}`;
    const before = this.#heardUpTo.get(stream) ?? 0;
    if (message.seq <= before) this.#tell("order", `${device} heard ${describe(message)} after seq ${before}`);
    this.#heardUpTo.set(stream, Math.max(before, message.seq));
  }

  #viewed(device: string, kind: ViewKind, message: Sighting): void {
    const view = this.#views.get(`${device} ${kind}`);
    if (view === undefined) throw new Error(`${device} shows a message of a view that it did not begin.`);
    this.#sighted(message, `${device} (${kind})`);
    this.#requireMember(message, view.userId, device);
    if (!addTo(view.seqs, message.conversationId, message.seq)) {
      this.#tell("doubled", `${device} (${kind}) holds ${describe(message)} twice`);
    }
  }

  #inDatabase(message: Sighting): void {
    this.#counts.stored += 1;
    this.#sighted(message, "the database");
    addTo(this.#stored, message.conversationId, message.seq);
    const sent = this.#sent.get(keyOfMessage(message));
    if (sent === undefined) return;
    if (sent.storedAt !== null) this.#tell("doubled", `${describe(message)} also stands at seq ${sent.storedAt}`);
    sent.storedAt ??= message.seq;
  }

  /** Wherever a message is seen, it is one that was sent, and it is the one that stands at this place for everybody. */
  #sighted(message: Sighting, by: string): void {
    const sent = this.#sent.get(keyOfMessage(message));
    if (sent === undefined) this.#tell("phantom", `${by} has ${describe(message)}, which nobody sent`);
    else if (sent.body !== message.content) this.#tell("phantom", `${by} has ${describe(message)} with another body`);
    const place = `${message.conversationId} ${message.seq}`;
    const identity = `${message.id} ${message.version} ${keyOfMessage(message)}`;
    const known = this.#places.get(place);
    if (known === undefined) this.#places.set(place, identity);
    else if (known !== identity) this.#tell("order", `${by} has ${describe(message)}, others have ${known} there`);
    const knownPlace = this.#placeOfId.get(message.id);
    if (knownPlace === undefined) this.#placeOfId.set(message.id, place);
    else if (knownPlace !== place) this.#tell("doubled", `${by} has ${describe(message)}, others at ${knownPlace}`);
  }

  #requireMember({ conversationId, seq }: Sighting, userId: string, device: string): void {
    if (this.#members.get(conversationId)?.has(userId)) return;
    this.#tell("leak", `${device} of ${userId} has seq ${seq} of ${conversationId} and takes no part in it`);
  }

  #requireWhole(conversationId: string, lastSeq: number): void {
    const seqs = this.#stored.get(conversationId) ?? new Set();
    const missing = missingOf(seqs, lastSeq);
    if (missing.length > 0) this.#tell("hole", `${conversationId} lacks seq ${missing.slice(0, 5).join(", ")}`);
    if (seqs.size + missing.length > lastSeq)
      this.#tell("hole", `${conversationId} goes beyond its last seq ${lastSeq}`);
  }

  #judgeSent(key: string, sent: Sent, lastOfSender: Map<string, number>): void {
    const { acked, storedAt, floor, userId, conversationId } = sent;
    if (acked !== null && storedAt === null) this.#tell("lost", `${key} was acknowledged and is not stored`);
    if (acked !== null && storedAt !== null && acked.seq !== storedAt) {
      this.#tell("order", `${key} was acknowledged as seq ${acked.seq} and is stored as ${storedAt}`);
    }
    if (storedAt === null) return;
    if (storedAt <= floor)
      this.#tell("order", `${key} has seq ${storedAt}, but seq ${floor} had been acknowledged before`);
    const sender = `${userId} ${conversationId}`;
    const before = lastOfSender.get(sender) ?? 0;
    if (storedAt <= before) this.#tell("order", `${key} has seq ${storedAt}, after the sender's seq ${before}`);
    lastOfSender.set(sender, storedAt);
  }

  #judgeView({ device, userId, kind, seqs }: View): void {
    for (const [conversationId, lastSeq] of this.#lastSeqs) {
      if (!this.#members.get(conversationId)?.has(userId)) continue;
      const missing = missingOf(seqs.get(conversationId) ?? new Set(), lastSeq);
      if (missing.length === 0) continue;
      const list = missing.slice(0, 5).join(", ");
      this.#tell("lost", `${device} (${kind}) lacks ${missing.length} of ${conversationId}: seq ${list}`);
    }
  }
}

export async function checkHistory(records: Iterable<HistoryRecord> | AsyncIterable<HistoryRecord>): Promise<Report> {
  const checker = new HistoryChecker();
  for await (const record of records) checker.add(record);
  return checker.finish();
}

const keyOf = (conversationId: string, userId: string | null, clientMessageId: string): string =>
  JSON.stringify([conversationId, userId, clientMessageId]);

const keyOfMessage = ({ conversationId, senderId, clientMessageId }: Sighting): string =>
  keyOf(conversationId, senderId, clientMessageId);

const isSamePlace = (one: Sighting, other: Sighting): boolean => one.id === other.id && one.seq === other.seq;

const describe = ({ conversationId, seq, clientMessageId }: Sighting): string =>
  `${clientMessageId} (seq ${seq} of ${conversationId})`;

const missingOf = (seqs: ReadonlySet<number>, lastSeq: number): number[] =>
  Array.from({ length: lastSeq }, (_, index) => index + 1).filter((seq) => !seqs.has(seq));

/** false when it was there already. */
function addTo<Value>(sets: Map<string, Set<Value>>, key: string, value: Value): boolean {
  const set = sets.get(key) ?? new Set<Value>();
  sets.set(key, set);
  return set.size < set.add(value).size;
}
