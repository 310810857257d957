import type { Message } from "@parley/protocol";
import fc from "fast-check";
import type { HttpCaller } from "./http-caller.ts";
import type { TestServer } from "./start-server.ts";

export const PEOPLE = ["p0", "p1", "p2", "p3"] as const;

const person = fc.constantFrom(...PEOPLE);
const KINDS = [
  ...["send", "send", "send", "reply", "reply", "system", "edit", "edit", "delete", "restore", "restore"],
  ...["react", "react", "unreact", "pin", "unpin", "read", "read", "delivered", "readAll"],
  ...["add", "remove", "leave", "role", "status", "title", "subject", "open"],
  ...["prefer", "prefer", "settings"],
] as const;

/** One thing that somebody does. Numbers choose among what is there when its turn comes. */
const operation = fc.record({
  kind: fc.constantFrom(...KINDS),
  actor: person,
  other: person,
  role: fc.constantFrom("owner" as const, "admin" as const, "member" as const),
  status: fc.constantFrom("active" as const, "active" as const, "locked" as const, "archived" as const),
  which: fc.nat(1_000),
});
export type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

/** Bursts of operations: what is in one burst happens at once. */
export const bursts = fc.array(fc.array(operation, { minLength: 1, maxLength: 6 }), {
  minLength: 4,
  maxLength: 15,
  size: "max",
});

/** What there is to choose from, by the answers so far. */
export class Playground {
  readonly conversations: string[];
  readonly #messages: Message[] = [];
  readonly #server: TestServer;
  #count = 0;

  constructor(server: TestServer, conversations: string[]) {
    this.#server = server;
    this.conversations = conversations;
  }

  /** Does it. A refusal is fine, everything else is not. */
  async run(operation: Operation): Promise<void> {
    const { kind, which } = operation;
    const id = this.conversations[which % this.conversations.length] ?? "";
    const status = await this.#perform(operation, id, this.#callerOf(operation));
    if (status >= 500) throw new Error(`${kind} was answered with ${status}.`);
  }

  async send(actor: (typeof PEOPLE)[number], id: string): Promise<void> {
    await this.#send({ kind: "send", which: 0 }, id, this.#server.asUser(actor));
  }

  /** The host keeps things going where people may not. */
  #callerOf({ kind, actor, which }: Operation): HttpCaller {
    const byHost =
      kind === "system" || kind === "subject" || (/add|remove|role|status|title/.test(kind) && which % 2 === 0);
    return byHost ? this.#server.asHost : this.#server.asUser(actor);
  }

  async #perform(operation: Operation, id: string, caller: HttpCaller): Promise<number> {
    const { kind } = operation;
    if (/send|system|reply/.test(kind)) return this.#send(operation, id, caller);
    if (/edit|delete|restore/.test(kind)) return this.#change(operation, caller);
    if (/react|pin/.test(kind)) return this.#mark(operation, caller);
    if (/read|delivered/.test(kind)) return this.#position(operation, id, caller);
    if (kind === "open") return this.#open(operation, caller);
    if (kind === "prefer" || kind === "settings") return this.#own(operation, id, caller);
    if (/add|remove|leave|role/.test(kind)) return this.#membership(operation, id, caller);
    const body = {
      ...(kind === "status" && { status: operation.status }),
      ...(kind === "title" && { title: `title ${this.#next()}` }),
      ...(kind === "subject" && { subject: { state: `state ${this.#next()}` } }),
    };
    return (await caller.try("changeConversation", { params: { id }, body })).status;
  }

  async #send({ kind, which }: Pick<Operation, "kind" | "which">, id: string, caller: HttpCaller): Promise<number> {
    const clientMessageId = `message-${this.#next()}`;
    const body = {
      ...{ clientMessageId, content: clientMessageId },
      ...(kind === "system" && { kind }),
      ...(kind === "reply" && { replyToSeq: 1 + (which % 12), mentions: [...PEOPLE].slice(which % 4) }),
    };
    const reply = await caller.try("sendMessage", { params: { id }, body });
    if (reply.status < 300) this.#messages.push(reply.body.message);
    return reply.status;
  }

  async #change({ kind, actor, which }: Operation, caller: HttpCaller): Promise<number> {
    const message = this.#oneOfTheLast(which, ({ senderId }) => senderId === actor);
    if (message === undefined) return 0;
    const params = { id: message.id };
    if (kind === "delete") return (await caller.try("deleteMessage", { params })).status;
    if (kind === "restore") return (await caller.try("restoreMessage", { params })).status;
    return (await caller.try("editMessage", { params, body: { content: `edited ${this.#next()}` } })).status;
  }

  /** Few, so that people and changes meet there. */
  #oneOfTheLast(which: number, fits: (message: Message) => boolean = () => true): Message | undefined {
    return this.#messages
      .filter(fits)
      .slice(-4)
      .at(which % 4);
  }

  async #mark({ kind, which }: Operation, caller: HttpCaller): Promise<number> {
    const message = this.#oneOfTheLast(which);
    if (message === undefined) return 0;
    const { id } = message;
    const emoji = which % 2 === 0 ? "👍" : "🎉";
    if (kind === "react") return (await caller.try("addReaction", { params: { id }, body: { emoji } })).status;
    if (kind === "unreact") return (await caller.try("removeReaction", { params: { id, emoji } })).status;
    return (await caller.try(kind === "pin" ? "pinMessage" : "unpinMessage", { params: { id } })).status;
  }

  async #position({ kind, which }: Operation, id: string, caller: HttpCaller): Promise<number> {
    if (kind === "readAll") return (await caller.try("markAllRead")).status;
    const input = { params: { id }, body: { seq: which % 30 } };
    return (await caller.try(kind === "read" ? "markRead" : "markDelivered", input)).status;
  }

  async #own({ kind, which }: Operation, id: string, caller: HttpCaller): Promise<number> {
    const isSet = which % 2 === 0;
    if (kind === "settings") return (await caller.try("changeSettings", { body: { readReceipts: isSet } })).status;
    const mutedUntil = isSet ? "9999-12-31T00:00:00.000Z" : null;
    const changes = [{ pinned: isSet }, { mutedUntil }, { archived: isSet }, { markedUnread: isSet, pinned: true }];
    const body = changes[(which >> 1) % changes.length] ?? { pinned: true };
    return (await caller.try("changePreferences", { params: { id }, body })).status;
  }

  async #membership({ kind, actor, other, role }: Operation, id: string, caller: HttpCaller): Promise<number> {
    if (kind === "add") {
      return (await caller.try("addParticipant", { params: { id }, body: { userId: other, role } })).status;
    }
    const userId = kind === "leave" ? actor : other;
    if (kind === "role") {
      return (await caller.try("changeParticipant", { params: { id, userId }, body: { role } })).status;
    }
    return (await caller.try("removeParticipant", { params: { id, userId } })).status;
  }

  async #open({ other, which }: Operation, caller: HttpCaller): Promise<number> {
    const type = which % 2 === 0 ? "group" : "direct";
    const reply = await caller.try("openConversation", { body: { type, participants: [{ userId: other }] } });
    if (reply.status < 300 && !this.conversations.includes(reply.body.conversation.id)) {
      this.conversations.push(reply.body.conversation.id);
    }
    return reply.status;
  }

  readonly #next = () => (this.#count += 1);
}
