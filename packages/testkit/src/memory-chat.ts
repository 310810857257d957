import type {
  ChangeConversationInput,
  Conversation,
  Message,
  OpenConversationInput,
  ParticipantRole,
  ServerEvent,
  UserProfile,
} from "@parley/protocol";
import { buildUser, untouched } from "./build.ts";
import { newcomer, placeOf, presentStored, type StoredConversation, unreadOf } from "./memory-conversation.ts";
import { MemoryMessages } from "./memory-messages.ts";
import { MemoryOwn } from "./memory-own.ts";
import { newPlace, positionsFor } from "./memory-places.ts";
import { Refusal } from "./refusal.ts";

/** Tells an event to a person's connections. */
export type Emit = (userId: string, event: ServerEvent) => void;

/** The truth of the in-memory server: what a real one keeps in its database, changed by the same rules. */
export class MemoryChat {
  readonly conversations = new Map<string, StoredConversation>();
  readonly users = new Map<string, UserProfile>();
  readonly own: MemoryOwn;
  readonly messages: MemoryMessages;
  readonly #now: () => number;
  readonly #emit: Emit;
  #ids = 0;

  constructor(now: () => number, emit: Emit) {
    this.#now = now;
    this.#emit = emit;
    this.own = new MemoryOwn({ now, emit, find: (...place) => this.find(...place), of: (userId) => this.of(userId) });
    this.messages = new MemoryMessages({
      now,
      nextId: () => this.#nextId("m"),
      find: (...place) => this.find(...place),
      of: (userId) => this.of(userId),
      tell: (stored, event) => this.#tell(stored, () => event),
    });
  }

  user(id: string): UserProfile {
    const user = this.users.get(id) ?? buildUser({ id });
    this.users.set(id, user);
    return user;
  }

  /** The conversation, if the person takes part in it. */
  find(actorId: string, conversationId: string): StoredConversation {
    const stored = this.conversations.get(conversationId);
    if (!stored?.participants.some(({ userId }) => userId === actorId)) throw new Refusal("not_found");
    return stored;
  }

  of(actorId: string): StoredConversation[] {
    return [...this.conversations.values()].filter(({ participants }) =>
      participants.some(({ userId }) => userId === actorId),
    );
  }

  open(actorId: string, input: OpenConversationInput): StoredConversation {
    const people = [{ userId: actorId }, ...input.participants.filter(({ userId }) => userId !== actorId)];
    const stored: StoredConversation = {
      id: this.#nextId("c"),
      type: input.type,
      createdAt: this.#time(),
      subject: input.subject ?? null,
      title: input.title ?? null,
      status: "active",
      version: 1,
      updatedAt: this.#time(),
      messages: [],
      participants: people.map(({ userId }) => newPlace(userId, "member", 0, untouched)),
      former: new Map(),
    };
    this.conversations.set(stored.id, stored);
    for (const { userId } of people) {
      this.#emit(userId, { name: "conversation:new", payload: this.present(userId, stored) });
    }
    return stored;
  }

  send(actorId: string, conversationId: string, clientMessageId: string, content: string): Message {
    return this.messages.send(actorId, conversationId, { clientMessageId, content });
  }

  edit(actorId: string, messageId: string, content: string): Message {
    return this.messages.edit(actorId, messageId, content);
  }

  delete(actorId: string, messageId: string): Message {
    return this.messages.delete(actorId, messageId);
  }

  /** Read moves delivered along. */
  read(actorId: string, conversationId: string, seq: number): { unread: number; total: number } {
    const stored = this.find(actorId, conversationId);
    const to = Math.min(seq, stored.messages.length);
    this.#report(stored, actorId, to, to);
    return { unread: unreadOf(stored, actorId), total: this.total(actorId) };
  }

  delivered(actorId: string, conversationId: string, seq: number): void {
    const stored = this.find(actorId, conversationId);
    this.#report(stored, actorId, 0, Math.min(seq, stored.messages.length));
  }

  readAll(actorId: string): { unread: number; total: number } {
    for (const stored of this.of(actorId))
      this.#report(stored, actorId, stored.messages.length, stored.messages.length);
    return { unread: 0, total: this.total(actorId) };
  }

  change(conversationId: string, input: ChangeConversationInput): StoredConversation {
    const stored = this.#get(conversationId);
    if (input.title !== undefined) stored.title = input.title;
    if (input.status !== undefined) stored.status = input.status;
    stored.version += 1;
    stored.updatedAt = this.#time();
    this.#tell(stored, (userId) => ({ name: "conversation:updated", payload: this.present(userId, stored) }));
    return stored;
  }

  /** Adds somebody, or gives them another role. */
  addParticipant(conversationId: string, userId: string, role: ParticipantRole = "member"): StoredConversation {
    const stored = this.#get(conversationId);
    const known = placeOf(stored, userId);
    const place = known ?? newcomer(stored, userId, role);
    place.role = role;
    stored.version += 1;
    if (!known) stored.participants.push(place);
    stored.former.delete(userId);
    const payload = { conversationId, role, user: this.user(userId), version: stored.version };
    for (const other of stored.participants) {
      if (!known && other.userId === userId) {
        this.#emit(userId, { name: "conversation:new", payload: this.present(userId, stored) });
      } else {
        const seen = positionsFor(this.own.viewer(other.userId), place);
        this.#emit(other.userId, { name: "participant:added", payload: { ...payload, ...seen } });
      }
    }
    return stored;
  }

  removeParticipant(conversationId: string, userId: string): void {
    const stored = this.#get(conversationId);
    if (!stored.participants.some((participant) => participant.userId === userId)) return;
    stored.version += 1;
    const payload = { conversationId, userId, version: stored.version };
    this.#tell(stored, () => ({ name: "participant:removed", payload }));
    stored.former.set(userId, placeOf(stored, userId)?.preferences.version ?? 0);
    stored.participants = stored.participants.filter((participant) => participant.userId !== userId);
  }

  /** As the person sees it. */
  present(actorId: string, stored: StoredConversation): Conversation {
    return presentStored(stored, this.own.viewer(actorId), (id) => this.user(id));
  }

  total(actorId: string): number {
    return this.of(actorId).reduce((sum, stored) => sum + unreadOf(stored, actorId), 0);
  }

  #get(conversationId: string): StoredConversation {
    const stored = this.conversations.get(conversationId);
    if (!stored) throw new Refusal("not_found");
    return stored;
  }

  #report(stored: StoredConversation, userId: string, readSeq: number, deliveredSeq: number): void {
    if (!this.own.report(stored, userId, { readSeq, deliveredSeq })) return;
    const unread = unreadOf(stored, userId);
    const payload = { conversationId: stored.id, unread, total: this.total(userId) };
    this.#emit(userId, { name: "unread:updated", payload });
  }

  #tell(stored: StoredConversation, event: (userId: string) => ServerEvent): void {
    for (const { userId } of stored.participants) this.#emit(userId, event(userId));
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }

  #nextId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}${this.#ids}`;
  }
}
