import { type HistoryRecord, type Operation, sendKey, type Sighting } from "../history/history.ts";

export type Invoke = Extract<HistoryRecord, { type: "invoke" }>;
export type Ended = Extract<HistoryRecord, { type: "ok" | "unknown" | "refused" }>;
export type OfKind<Kind extends Operation["do"]> = Extract<Operation, { do: Kind }>;

/** A message that somebody tried to send, once or several times. */
export interface Sent {
  readonly userId: string | null;
  readonly conversationId: string;
  readonly body: string;
  /** Of the first attempt. */
  readonly invokedAt: number;
  /** The highest seq that was acknowledged in the conversation before the first attempt. */
  readonly floor: number;
  /** Where it was tried. */
  readonly servers: Set<string>;
  attempts: number;
  acked: Sighting | null;
  storedAt: number | null;
}

/** What was tried with a message after it was sent. */
interface Changes {
  /** Bodies, and when each was first tried. */
  readonly edits: Map<string, number>;
  deleteInvokedAt: number | null;
  deletedAt: number | null;
  /** The highest version that was acknowledged. */
  ackedVersion: number;
}

/** What is known so far: all checks look things up here. It is told each record before they are. */
export class Ledger {
  /** Operations without an outcome yet. */
  readonly open = new Map<number, Invoke>();
  /** In the order of their first attempt. */
  readonly sent = new Map<string, Sent>();
  readonly ackedUpTo = new Map<string, number>();
  readonly changes = new Map<string, Changes>();
  /** By conversation: who takes part from the start. */
  readonly members = new Map<string, Set<string>>();
  /** Pairs of conversation and user of whom a removal was ever tried. */
  readonly unsteady = new Set<string>();
  /** By conversation, of the database at the end. */
  readonly lastSeqs = new Map<string, number>();

  add(record: HistoryRecord): void {
    if (record.type === "member") addTo(this.members, record.conversationId, record.userId);
    else if (record.type === "conversation") this.lastSeqs.set(record.conversationId, record.lastSeq);
    else if (record.type === "invoke") this.#invoked(record);
  }

  /** After the checks have seen the record: what it says holds from now on. */
  settle(record: HistoryRecord): void {
    if (record.type !== "ok" && record.type !== "unknown" && record.type !== "refused") return;
    const invoke = this.open.get(record.op);
    this.open.delete(record.op);
    if (record.type !== "ok" || invoke === undefined) return;
    const { operation } = invoke;
    const { message } = record.answer;
    if (message === undefined) return;
    if (operation.do === "send") raise(this.ackedUpTo, operation.conversationId, message.seq);
    if (operation.do === "edit" || operation.do === "delete") {
      const changes = this.#changesOf(operation.messageId);
      changes.ackedVersion = Math.max(changes.ackedVersion, message.version);
      if (operation.do === "delete") changes.deletedAt ??= record.at;
    }
  }

  sentAs({ conversationId, senderId, clientMessageId }: Sighting): Sent | undefined {
    return this.sent.get(sendKey(conversationId, senderId, clientMessageId));
  }

  takesPart(conversationId: string, userId: string): boolean {
    return this.members.get(conversationId)?.has(userId) ?? false;
  }

  isUnsteady(conversationId: string, userId: string): boolean {
    return this.unsteady.has(pairOf(conversationId, userId));
  }

  #invoked(invoke: Invoke): void {
    const { op, at, by, server, operation } = invoke;
    this.open.set(op, invoke);
    switch (operation.do) {
      case "send":
        this.#tried(at, by, server, operation);
        break;
      case "edit": {
        const { edits } = this.#changesOf(operation.messageId);
        if (!edits.has(operation.body)) edits.set(operation.body, at);
        break;
      }
      case "delete":
        this.#changesOf(operation.messageId).deleteInvokedAt ??= at;
        break;
      case "remove":
        this.unsteady.add(pairOf(operation.conversationId, operation.userId));
        break;
      default:
    }
  }

  #tried(at: number, by: string | null, server: string, operation: OfKind<"send">): void {
    const { conversationId, clientMessageId, body } = operation;
    const key = sendKey(conversationId, by, clientMessageId);
    const known = this.sent.get(key);
    if (known !== undefined && known.body !== body) throw new Error(`The test itself sent ${key} with two bodies.`);
    const sent: Sent = known ?? {
      userId: by,
      conversationId,
      body,
      invokedAt: at,
      floor: this.ackedUpTo.get(conversationId) ?? 0,
      servers: new Set(),
      attempts: 0,
      acked: null,
      storedAt: null,
    };
    sent.attempts += 1;
    sent.servers.add(server);
    this.sent.set(key, sent);
  }

  #changesOf(messageId: string): Changes {
    const changes = this.changes.get(messageId) ?? {
      edits: new Map<string, number>(),
      deleteInvokedAt: null,
      deletedAt: null,
      ackedVersion: 0,
    };
    this.changes.set(messageId, changes);
    return changes;
  }
}

export const pairOf = (conversationId: string, userId: string): string => `${conversationId} ${userId}`;

export const describe = ({ conversationId, seq, version, clientMessageId }: Sighting): string =>
  `${clientMessageId} (seq ${seq}, version ${version} of ${conversationId})`;

/** @returns false when it was there already */
export function addTo<Value>(sets: Map<string, Set<Value>>, key: string, value: Value): boolean {
  const set = sets.get(key) ?? new Set<Value>();
  sets.set(key, set);
  return set.size < set.add(value).size;
}

export function raise(numbers: Map<string, number>, key: string, number: number): void {
  numbers.set(key, Math.max(numbers.get(key) ?? 0, number));
}

export const missingOf = (seqs: ReadonlySet<number>, lastSeq: number): number[] =>
  Array.from({ length: lastSeq }, (_, index) => index + 1).filter((seq) => !seqs.has(seq));
