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
import { changeEvent, type StoredConversation, unreadOf } from "./memory-conversation.ts";
import { Refusal } from "./refusal.ts";

/** Tells an event to a person's connections. */
export type Emit = (userId: string, event: ServerEvent) => void;

/** The truth of the in-memory server: what a real one keeps in its database, changed by the same rules. */
export class MemoryChat {
  readonly conversations = new Map<string, StoredConversation>();
  readonly users = new Map<string, UserProfile>();
  readonly #now: () => number;
  readonly #emit: Emit;
  #ids = 0;

  constructor(now: () => number, emit: Emit) {
    this.#now = now;
    this.#emit = emit;
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
      participants: people.map(({ userId }) => ({ userId, role: "member", readSeq: 0, deliveredSeq: 0 })),
      former: new Set(),
    };
    this.conversations.set(stored.id, stored);
    for (const { userId } of people) {
      this.#emit(userId, { name: "conversation:new", payload: this.present(userId, stored) });
    }
    return stored;
  }

  send(actorId: string, conversationId: string, clientMessageId: string, content: string): Message {
    const stored = this.find(actorId, conversationId);
    const repeated = stored.messages.find(
      (message) => message.senderId === actorId && message.clientMessageId === clientMessageId,
    );
    if (repeated) return repeated;
    if (stored.status !== "active") throw new Refusal("conversation_locked");
    stored.version += 1;
    const message: Message = {
      id: this.#nextId("m"),
      conversationId,
      seq: stored.messages.length + 1,
      version: stored.version,
      clientMessageId,
      senderId: actorId,
      kind: "text",
      content,
      replyTo: null,
      mentions: [],
      reactions: [],
      pinnedAt: null,
      createdAt: this.#time(),
      editedAt: null,
      deletedAt: null,
    };
    stored.messages.push(message);
    stored.updatedAt = message.createdAt;
    this.#move(stored, actorId, message.seq, message.seq);
    this.#tell(stored, () => ({ name: "message:new", payload: message }));
    return message;
  }

  edit(actorId: string, messageId: string, content: string): Message {
    return this.#changeMessage(actorId, messageId, (message) => {
      if (message.deletedAt !== null) throw new Refusal("message_deleted");
      return { ...message, content, editedAt: this.#time() };
    });
  }

  delete(actorId: string, messageId: string): Message {
    return this.#changeMessage(actorId, messageId, (message) => ({
      ...message,
      content: null,
      deletedAt: this.#time(),
    }));
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
    const known = stored.participants.find((participant) => participant.userId === userId);
    const seq = stored.messages.length;
    const place = known ?? { userId, role, readSeq: seq, deliveredSeq: seq };
    place.role = role;
    stored.version += 1;
    if (!known) stored.participants.push(place);
    stored.former.delete(userId);
    const { readSeq, deliveredSeq } = place;
    const payload = { conversationId, userId, role, user: this.user(userId), readSeq, deliveredSeq };
    for (const other of stored.participants) {
      if (!known && other.userId === userId) {
        this.#emit(userId, { name: "conversation:new", payload: this.present(userId, stored) });
      } else {
        this.#emit(other.userId, { name: "participant:added", payload: { ...payload, version: stored.version } });
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
    stored.participants = stored.participants.filter((participant) => participant.userId !== userId);
    stored.former.add(userId);
  }

  /** As the person sees it. */
  present(actorId: string, stored: StoredConversation): Conversation {
    const { id, type, subject, title, status, version, createdAt, updatedAt, messages, participants } = stored;
    return {
      ...{ id, type, subject, title, status, version, createdAt, updatedAt },
      lastSeq: messages.length,
      lastMessage: messages.at(-1) ?? null,
      participants: participants.map(({ userId, ...positions }) => ({ user: this.user(userId), ...positions })),
      formerParticipants: [...stored.former].sort().map((userId) => this.user(userId)),
      unread: unreadOf(stored, actorId),
      preferences: untouched,
    };
  }

  total(actorId: string): number {
    return this.of(actorId).reduce((sum, stored) => sum + unreadOf(stored, actorId), 0);
  }

  #get(conversationId: string): StoredConversation {
    const stored = this.conversations.get(conversationId);
    if (!stored) throw new Refusal("not_found");
    return stored;
  }

  #changeMessage(actorId: string, messageId: string, change: (message: Message) => Message): Message {
    for (const stored of this.of(actorId)) {
      const index = stored.messages.findIndex(({ id, senderId }) => id === messageId && senderId === actorId);
      const before = stored.messages[index];
      if (!before) continue;
      const message = { ...change(before), version: stored.version + 1 };
      stored.version += 1;
      stored.messages[index] = message;
      this.#tell(stored, () => changeEvent(message));
      return message;
    }
    throw new Refusal("not_found");
  }

  #report(stored: StoredConversation, userId: string, readSeq: number, deliveredSeq: number): void {
    const moved = this.#move(stored, userId, readSeq, deliveredSeq);
    if (!moved) return;
    this.#tell(stored, () => ({ name: "receipt:updated", payload: { conversationId: stored.id, ...moved } }));
    const unread = unreadOf(stored, userId);
    const payload = { conversationId: stored.id, unread, total: this.total(userId) };
    this.#emit(userId, { name: "unread:updated", payload });
  }

  #move(stored: StoredConversation, userId: string, readSeq: number, deliveredSeq: number) {
    const place = stored.participants.find((participant) => participant.userId === userId);
    if (!place || (place.readSeq >= readSeq && place.deliveredSeq >= deliveredSeq)) return null;
    place.readSeq = Math.max(place.readSeq, readSeq);
    place.deliveredSeq = Math.max(place.deliveredSeq, deliveredSeq);
    return { userId, readSeq: place.readSeq, deliveredSeq: place.deliveredSeq };
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
