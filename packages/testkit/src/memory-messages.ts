import { limits, type Message, type Quote, type ServerEvent } from "@parley/protocol";
import { changeEvent, placeOf, type StoredConversation } from "./memory-conversation.ts";
import { movePlace } from "./memory-places.ts";
import { withReaction } from "./memory-reactions.ts";
import { Refusal } from "./refusal.ts";

export interface MemoryMessagesPorts {
  readonly now: () => number;
  nextId(): string;
  /** The conversation, if the person takes part in it. */
  find(actorId: string, conversationId: string): StoredConversation;
  of(actorId: string): StoredConversation[];
  tell(stored: StoredConversation, event: ServerEvent): void;
}

export interface MemorySend {
  readonly clientMessageId: string;
  readonly content: string;
  readonly replyToSeq?: number | undefined;
  readonly mentions?: readonly string[] | undefined;
}

type Change = (message: Message, stored: StoredConversation) => Message;

/** What people do with messages, by the rules of the real server. */
export class MemoryMessages {
  readonly #ports: MemoryMessagesPorts;
  /** What a tombstone held. */
  readonly #buried = new Map<string, Pick<Message, "content" | "mentions">>();

  constructor(ports: MemoryMessagesPorts) {
    this.#ports = ports;
  }

  send(actorId: string, conversationId: string, input: MemorySend): Message {
    const stored = this.#ports.find(actorId, conversationId);
    const repeated = stored.messages.find(
      (message) => message.senderId === actorId && message.clientMessageId === input.clientMessageId,
    );
    if (repeated) return repeated;
    requireMayWrite(stored, actorId);
    const message = this.#make(stored, actorId, input);
    stored.version = message.version;
    stored.messages.push(message);
    stored.updatedAt = message.createdAt;
    const place = placeOf(stored, actorId);
    // Who writes shows that they have read.
    if (place) movePlace(place, { readSeq: message.seq, deliveredSeq: message.seq }, false);
    this.#ports.tell(stored, { name: "message:new", payload: message });
    return message;
  }

  edit(actorId: string, messageId: string, content: string): Message {
    return this.#changeOwn(actorId, messageId, (message) => {
      if (message.deletedAt !== null) throw new Refusal("message_deleted");
      return message.content === content ? message : { ...message, content, editedAt: this.#time() };
    });
  }

  delete(actorId: string, messageId: string): Message {
    return this.#changeOwn(actorId, messageId, (message) => {
      if (message.deletedAt !== null) return message;
      this.#buried.set(message.id, message);
      const nothing = { content: null, mentions: [], reactions: [], pinnedAt: null };
      return { ...message, ...nothing, deletedAt: this.#time() };
    });
  }

  restore(actorId: string, messageId: string): Message {
    return this.#changeOwn(actorId, messageId, (message) => {
      if (message.deletedAt === null) return message;
      if (this.#ports.now() > Date.parse(message.deletedAt) + limits.undoDeleteMs)
        throw new Refusal("undo_window_closed");
      const { content = "", mentions = [] } = this.#buried.get(message.id) ?? {};
      return { ...message, content, mentions, deletedAt: null };
    });
  }

  /** `add` false: takes it back. */
  react(actorId: string, messageId: string, emoji: string, add: boolean): Message {
    return this.#change(actorId, messageId, (message) => {
      if (add && message.deletedAt !== null) throw new Refusal("message_deleted");
      const reactions = withReaction(message.reactions, actorId, emoji, add);
      return reactions === message.reactions ? message : { ...message, reactions };
    });
  }

  pin(actorId: string, messageId: string, pinned: boolean): Message {
    return this.#change(actorId, messageId, (message, stored) => {
      if ((message.pinnedAt !== null) === pinned) return message;
      if (!pinned) return { ...message, pinnedAt: null };
      if (message.deletedAt !== null) throw new Refusal("message_deleted");
      if (pinsOf(stored).length >= limits.pinsPerConversation) throw new Refusal("too_many_pins");
      return { ...message, pinnedAt: this.#time() };
    });
  }

  /** The last pinned one first. */
  pins(actorId: string, conversationId: string): Message[] {
    return pinsOf(this.#ports.find(actorId, conversationId));
  }

  #make(stored: StoredConversation, senderId: string, input: MemorySend): Message {
    const { clientMessageId, content, replyToSeq, mentions = [] } = input;
    const target = replyToSeq === undefined ? null : stored.messages[replyToSeq - 1];
    if (target === undefined) throw new Refusal("reply_target_not_found");
    return {
      id: this.#ports.nextId(),
      conversationId: stored.id,
      seq: stored.messages.length + 1,
      version: stored.version + 1,
      ...{ clientMessageId, senderId, content, kind: "text" },
      replyTo: target && quoteOf(target),
      mentions: [...new Set(mentions)].filter((userId) => placeOf(stored, userId)),
      reactions: [],
      pinnedAt: null,
      createdAt: this.#time(),
      editedAt: null,
      deletedAt: null,
    };
  }

  #changeOwn(actorId: string, messageId: string, change: Change): Message {
    return this.#change(actorId, messageId, (message, stored) => {
      if (message.senderId !== actorId) throw new Refusal("forbidden");
      return change(message, stored);
    });
  }

  /** What `change` leaves as it is takes no version. Quotes of the message follow it, each as a change of its own. */
  #change(actorId: string, messageId: string, change: Change): Message {
    for (const stored of this.#ports.of(actorId)) {
      const before = stored.messages.find(({ id }) => id === messageId);
      if (!before) continue;
      requireMayWrite(stored, actorId);
      const after = change(before, stored);
      if (after === before) return before;
      const changed = this.#put(stored, after);
      const quote = quoteOf(changed);
      for (const reply of stored.messages.filter(({ replyTo }) => replyTo?.messageId === messageId)) {
        if (reply.replyTo?.excerpt !== quote.excerpt) this.#put(stored, { ...reply, replyTo: quote });
      }
      return changed;
    }
    throw new Refusal("not_found");
  }

  #put(stored: StoredConversation, message: Message): Message {
    const isNowTombstone = message.deletedAt !== null && stored.messages[message.seq - 1]?.deletedAt === null;
    stored.version += 1;
    const changed = { ...message, version: stored.version };
    stored.messages[message.seq - 1] = changed;
    const event: ServerEvent = isNowTombstone ? changeEvent(changed) : { name: "message:updated", payload: changed };
    this.#ports.tell(stored, event);
    return changed;
  }

  #time(): string {
    return new Date(this.#ports.now()).toISOString();
  }
}

const pinsOf = ({ messages }: StoredConversation): Message[] =>
  messages
    .filter(({ pinnedAt }) => pinnedAt !== null)
    .sort((a, b) => (b.pinnedAt ?? "").localeCompare(a.pinnedAt ?? "") || b.seq - a.seq);

function quoteOf({ id, seq, senderId, content }: Message): Quote {
  const excerpt = content === null ? null : [...content].slice(0, limits.quoteLength).join("");
  return { messageId: id, seq, senderId, excerpt };
}

function requireMayWrite(stored: StoredConversation, actorId: string): void {
  if (stored.status === "archived") throw new Refusal("conversation_archived");
  if (stored.status === "locked" && placeOf(stored, actorId)?.role !== "admin")
    throw new Refusal("conversation_locked");
}
