import type {
  ChangeConversationInput,
  Conversation,
  Message,
  OpenConversationInput,
  ParticipantRole,
} from "@parley/protocol";
import type { ChatState } from "./state.ts";

/** One store for everything. `subscribe` calls back after every change and returns how to stop. */
export interface ChatStore {
  getState(): ChatState;
  subscribe(listener: () => void): () => void;
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
  send(conversationId: string, content: string): Promise<SentMessage>;
  /** Sends a failed message again, under the same clientMessageId. */
  retry(conversationId: string, clientMessageId: string): Promise<void>;
  /** Drops a failed message. */
  discard(conversationId: string, clientMessageId: string): Promise<void>;
  edit(messageId: string, content: string): Promise<Message>;
  delete(messageId: string): Promise<Message>;
}

export interface ReceiptsApi {
  /** Everything up to `seq` was read. Monotone: a smaller one than before does nothing. Delivered is reported by itself. */
  read(conversationId: string, seq: number): Promise<void>;
  readAll(): Promise<void>;
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
  readonly typing: TypingApi;
  readonly presence: PresenceApi;
  /** Starts, and stays connected until `close`. Calling it again does nothing. */
  connect(): void;
  /** Ends the connection; the outbox stays for the next time. */
  close(): Promise<void>;
}
