import { CANARY } from "../history/canary.ts";
import type { HistoryRecord, Operation, Sighting, Standing } from "../history/history.ts";

const PEOPLE = ["ana", "ben"] as const;
const CONVERSATIONS = ["all", "pair"] as const;
const MESSAGES = 12;
const SERVERS = ["A", "B"] as const;

type Outcome = Extract<HistoryRecord, { type: "ok" }>["answer"];

/** A small history in which everything happens once and nothing is wrong; time goes on by 10 ms with each record. */
export function rightHistory(): HistoryRecord[] {
  return new HistoryBuilder().build();
}

class HistoryBuilder {
  readonly #records: HistoryRecord[] = [];
  readonly #stored = new Map<string, Sighting>();
  #at = 0;
  #op = 0;

  build(): HistoryRecord[] {
    for (const conversationId of CONVERSATIONS) {
      for (const userId of [...PEOPLE, "guest"]) this.#add({ type: "member", conversationId, userId });
    }
    for (const [index, userId] of [...PEOPLE, "guest"].entries()) this.#connected(userId, SERVERS[index % 2] ?? "A");
    for (const conversationId of CONVERSATIONS) {
      for (let seq = 1; seq <= MESSAGES; seq += 1) this.#message(conversationId, seq);
    }
    this.#changes();
    this.#reads();
    this.#guest();
    this.#visitor();
    this.#outsider();
    this.#stalledReader();
    this.#faults();
    this.#end();
    return this.#records;
  }

  /** Two people write in turns, one after the other's answer; everybody hears everything. */
  #message(conversationId: string, seq: number): void {
    const index = seq % 2;
    const userId = PEOPLE[index] ?? "ana";
    const clientMessageId = `key-${seq}`;
    const body = `${CANARY} ${conversationId} ${seq}`;
    const id = `${conversationId}-${seq}`;
    const message = { conversationId, seq, version: seq + 1, id, clientMessageId, senderId: userId, content: body };
    this.#stored.set(id, message);
    const operation = { do: "send", conversationId, clientMessageId, body } as const;
    this.#done(userId, operation, { message }, SERVERS[index], () => {
      for (const listener of [...PEOPLE, "guest"]) this.#heard(listener, { name: "message:new", message });
    });
  }

  #changes(): void {
    const edited = this.#stored.get("all-3");
    const deleted = this.#stored.get("all-5");
    if (edited === undefined || deleted === undefined) throw new Error("There is nothing to change.");
    const { conversationId } = edited;
    const rewritten = { ...edited, version: MESSAGES + 2, content: `${CANARY} rewritten` };
    const edit = { do: "edit", conversationId, messageId: edited.id, body: rewritten.content } as const;
    this.#done("ben", edit, { message: rewritten });
    this.#heard("ana", { name: "message:updated", message: rewritten });
    const tombstone = { ...deleted, version: MESSAGES + 3, content: null };
    this.#done("ben", { do: "delete", conversationId, messageId: deleted.id }, { message: tombstone });
    const { seq, version } = tombstone;
    this.#heard("ana", { name: "message:deleted", conversationId, messageId: deleted.id, seq, version });
    this.#stored.set(edited.id, rewritten).set(deleted.id, tombstone);
  }

  #reads(): void {
    for (const conversationId of CONVERSATIONS) {
      this.#done("ana", { do: "move", conversationId, seq: MESSAGES }, {});
      const messages = this.#messagesOf(conversationId);
      this.#done("ben", { do: "read", conversationId }, { messages }, "A");
      this.#done("ben", { do: "look", conversationId }, { lastSeq: MESSAGES, standings: this.#standings() }, "B");
      const standing = { userId: "ana", readSeq: MESSAGES, deliveredSeq: MESSAGES };
      this.#heard("ben", { name: "receipt:updated", conversationId, standing });
    }
  }

  /** Is removed, finds nothing, hears nothing, and is let in again. */
  #guest(): void {
    this.#done(null, { do: "remove", conversationId: "pair", userId: "guest" }, {});
    this.#tried("guest", { do: "read", conversationId: "pair" }, (op) => {
      this.#add({ type: "refused", op, at: this.#tick(), code: "not_found" });
    });
    this.#done(null, { do: "add", conversationId: "pair", userId: "guest" }, {});
  }

  #visitor(): void {
    const visit = { device: "visitor", userId: "guest", connection: 1, server: "A" };
    this.#add({ type: "connected", at: this.#tick(), ...visit, expiresAt: this.#at + 1_000 });
    this.#at += 1_200;
    this.#add({ type: "disconnected", at: this.#at, ...visit });
    const second = { ...visit, device: "second visit" };
    this.#add({ type: "connected", at: this.#tick(), ...second, expiresAt: this.#at + 60_000 });
    this.#done("guest", { do: "sign-out", device: second.device }, {});
    this.#add({ type: "disconnected", at: this.#tick(), ...second });
  }

  #outsider(): void {
    this.#tried("outsider", { do: "knock", what: "GET", harmless: false }, (op) => {
      this.#add({ type: "refused", op, at: this.#tick(), code: '{"code":"not_found"}' });
    });
  }

  #stalledReader(): void {
    const reader = { device: "reader", server: "A" };
    this.#add({ type: "memory", at: this.#tick(), server: "A", bytes: 100 * 2 ** 20 });
    this.#add({ type: "stalled", at: this.#tick(), ...reader });
    this.#add({ type: "memory", at: this.#tick(), server: "A", bytes: 110 * 2 ** 20 });
    this.#add({ type: "cut-off", at: this.#tick(), ...reader });
    this.#add({ type: "reads-again", at: this.#tick(), ...reader });
  }

  #faults(): void {
    this.#add({ type: "broken", at: this.#tick(), what: "a kill", server: null });
    this.#add({ type: "repaired", at: this.#tick(), what: "a kill", server: null });
    for (const [index, server] of SERVERS.entries()) this.#repeat(index, server);
    this.#at += 6_000;
    for (const [index, server] of SERVERS.entries()) this.#repeat(index, server);
    this.#add({ type: "broken", at: this.#tick(), what: "a drain", server: null });
    this.#tried("ana", this.#sendOf(0), (op) => {
      this.#add({ type: "draining", at: this.#tick(), server: "A" });
      this.#add({ type: "ok", op, at: this.#tick(), answer: { message: this.#storedAt("all-12") } });
    });
    this.#add({ type: "disconnected", at: this.#tick(), ...this.#connection("ana", "A") });
    this.#add({ type: "drained", at: (this.#at += 800), server: "A", code: 0 });
    this.#connected("ana", "A", 2);
    this.#connected("guest", "A", 2);
    this.#add({ type: "repaired", at: this.#tick(), what: "a drain", server: "A" });
    this.#at += 1_000;
    this.#repeat(0, "A");
    this.#at += 20_000;
    this.#repeat(0, "A");
  }

  /** The last message of somebody, once more. */
  #repeat(index: number, server: string): void {
    const message = this.#storedAt(`all-${MESSAGES - index}`);
    this.#done(PEOPLE[index] ?? "ana", this.#sendOf(index), { message }, server);
  }

  #sendOf(index: number): Operation {
    const { conversationId, clientMessageId, content } = this.#storedAt(`all-${MESSAGES - index}`);
    return { do: "send", conversationId, clientMessageId, body: content ?? "" };
  }

  #storedAt(id: string): Sighting {
    const message = this.#stored.get(id);
    if (message === undefined) throw new Error(`${id} was not sent.`);
    return message;
  }

  #end(): void {
    for (const conversationId of CONVERSATIONS) {
      this.#add({ type: "conversation", conversationId, lastSeq: MESSAGES });
      for (const standing of this.#standings()) {
        this.#add({ type: "participant", conversationId, standing, unread: MESSAGES - standing.readSeq });
      }
    }
    for (const message of this.#stored.values()) this.#add({ type: "stored", message });
    for (const device of PEOPLE) {
      this.#add({ type: "view", device, userId: device, kind: "held" });
      for (const message of this.#stored.values()) this.#add({ type: "viewed", device, kind: "held", message });
      const unread = device === "ana" ? 0 : 1;
      for (const conversationId of CONVERSATIONS) {
        const standings = this.#standings();
        this.#add({ type: "viewed-conversation", device, conversationId, standings, unread });
        this.#add({ type: "unread", userId: device, conversationId, unread });
      }
    }
  }

  /** Ana, who wrote last, has read everything; Ben all but the last message. */
  #standings(): Standing[] {
    return [
      { userId: "ana", readSeq: MESSAGES, deliveredSeq: MESSAGES },
      { userId: "ben", readSeq: MESSAGES - 1, deliveredSeq: MESSAGES },
      { userId: "guest", readSeq: 0, deliveredSeq: 0 },
    ];
  }

  #messagesOf(conversationId: string): Sighting[] {
    return [...this.#stored.values()].filter((message) => message.conversationId === conversationId);
  }

  #done(
    by: string | null,
    operation: Operation,
    answer: Outcome,
    server = "A",
    meanwhile: () => void = () => {},
  ): void {
    this.#tried(
      by,
      operation,
      (op) => {
        meanwhile();
        this.#add({ type: "ok", op, at: this.#tick(), answer });
      },
      server,
    );
  }

  #tried(by: string | null, operation: Operation, end: (op: number) => void, server = "A"): void {
    this.#op += 1;
    const op = this.#op;
    this.#add({ type: "invoke", op, at: this.#tick(), by, server, via: "socket", patienceMs: 8_000, operation });
    end(op);
  }

  #heard(userId: string, event: Extract<HistoryRecord, { type: "heard" }>["event"]): void {
    this.#add({ type: "heard", at: this.#tick(), ...this.#connection(userId, "A"), event });
  }

  #connected(userId: string, server: string, connection = 1): void {
    const who = { ...this.#connection(userId, server), connection };
    this.#add({ type: "connected", at: this.#tick(), ...who, expiresAt: null });
  }

  #connection(userId: string, server: string) {
    return { device: userId, userId, connection: 1, server };
  }

  #tick(): number {
    this.#at += 10;
    return this.#at;
  }

  #add(record: HistoryRecord): void {
    this.#records.push(record);
  }
}
