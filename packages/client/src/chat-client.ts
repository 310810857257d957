import type {
  ChangeConversationInput,
  Conversation,
  Message,
  OpenConversationInput,
  ParticipantRole,
  Preferences,
  PreferencesInput,
  SearchResult,
  Settings,
} from "@parley/protocol";
import type { ChatState } from "./state.ts";

/** One store for everything. `subscribe` calls back after every change and returns how to stop. */
export interface ChatStore {
  getState(): ChatState;
  subscribe(listener: () => void): () => void;
}

export interface SendOptions {
  /** The message of the same conversation that this one answers. */
  readonly replyTo?: Message;
  /** Ids of the people who are mentioned; who does not take part is left out. */
  readonly mentions?: readonly string[];
}

export interface SentMessage {
  readonly clientMessageId: string;
  /** Resolves when the server has committed the message; rejects with a `ChatError` when it refused for good. */
  readonly acknowledged: Promise<Message>;
}

export interface ConversationsApi {
  /** Opens a conversation, or returns the one that is there. */
  open(input: OpenConversationInput): Promise<Conversation>;
  change(conversationId: string, input: ChangeConversationInput): Promise<Conversation>;
  /**
   * Pins, mutes, archives, marks as unread, for the user alone. Shown at once, on all of their devices a moment later;
   * rejects with a `ChatError` and takes it back when the server refused or was not reached.
   */
  setPreferences(conversationId: string, input: PreferencesInput): Promise<Preferences>;
  addParticipant(conversationId: string, userId: string, role?: ParticipantRole): Promise<void>;
  changeParticipant(conversationId: string, userId: string, role: ParticipantRole): Promise<void>;
  removeParticipant(conversationId: string, userId: string): Promise<void>;
  /** Leaves for good; the conversation disappears from the store. */
  leave(conversationId: string): Promise<void>;
  /** The conversation is open on screen: typing and presence of its people are wanted. Returns how to end it. Kept over reconnects. */
  join(conversationId: string): () => void;
}

export interface MessagesApi {
  /** Loads the newest page unless there is one. */
  load(conversationId: string): Promise<void>;
  loadOlder(conversationId: string): Promise<void>;
  loadNewer(conversationId: string): Promise<void>;
  /** Replaces the window by one around `seq`. */
  loadAround(conversationId: string, seq: number): Promise<void>;
  /** Replaces a window in the past by the newest page. */
  loadLatest(conversationId: string): Promise<void>;
  /** Puts the message into the outbox; resolves when it would survive a reload. */
  send(conversationId: string, content: string, options?: SendOptions): Promise<SentMessage>;
  /** Sends a failed message again, under the same clientMessageId. */
  retry(conversationId: string, clientMessageId: string): Promise<void>;
  /** Drops a failed message. */
  discard(conversationId: string, clientMessageId: string): Promise<void>;
  edit(messageId: string, content: string): Promise<Message>;
  delete(messageId: string): Promise<Message>;
  /** Takes the deletion of an own message back, for `limits.undoDeleteMs` after it. */
  restore(messageId: string): Promise<Message>;
  /** Shown by `selectReactions` at once, and taken back when the server refuses. The same again changes nothing. */
  react(messageId: string, emoji: string): Promise<Message>;
  /** Takes an own reaction back; shown at once too. */
  unreact(messageId: string, emoji: string): Promise<Message>;
  /** For everybody who takes part. */
  pin(messageId: string): Promise<Message>;
  unpin(messageId: string): Promise<Message>;
  /** Brings the pinned messages into `state.pins`, where they stay true, unless they are there. */
  loadPins(conversationId: string): Promise<void>;
}

export interface ReceiptsApi {
  /** Everything up to `seq` was read. Monotone: a smaller one than before does nothing. Delivered is reported by itself. */
  read(conversationId: string, seq: number): Promise<void>;
  readAll(): Promise<void>;
}

/** What the user has set on all devices: `state.settings`. */
export interface SettingsApi {
  /** Asks the server. The client does that by itself when it starts, and after each loss of the connection. */
  get(): Promise<Settings>;
  /** Shown at once; rejects with a `ChatError` and takes it back when the server refused or was not reached. */
  change(change: Partial<Settings>): Promise<Settings>;
}

export interface SearchRequest {
  /** Words, each of which may be the beginning of one; all of them must be there. */
  readonly q: string;
  /** Only in this conversation; left out: in all of the user's. */
  readonly conversationId?: string;
  readonly senderId?: string;
  /** From this time on, and before that time: ISO 8601 in UTC with milliseconds. */
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface TypingApi {
  /** Call on every keystroke: it is throttled here. */
  start(conversationId: string): void;
  stop(conversationId: string): void;
}

export interface PresenceApi {
  /** `away` when the person does not look; heartbeats go on by themselves. */
  set(status: "online" | "away"): void;
}

export interface ChatClient {
  readonly store: ChatStore;
  readonly conversations: ConversationsApi;
  readonly messages: MessagesApi;
  readonly receipts: ReceiptsApi;
  readonly settings: SettingsApi;
  readonly typing: TypingApi;
  readonly presence: PresenceApi;
  /**
   * Messages that hold all of the words, newest first. What was sent a moment ago may not be there yet. Rejects with a
   * `ChatError`, such as `rate_limited` with `retryAfterMs`, or when `signal` ended it.
   */
  search(request: SearchRequest, options?: { readonly signal?: AbortSignal }): Promise<SearchResult>;
  /** Starts, and stays connected until `close`. Calling it again does nothing. */
  connect(): void;
  /** Ends the connection; the outbox stays for the next time. */
  close(): Promise<void>;
}
