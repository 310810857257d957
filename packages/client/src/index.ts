export { applyEvent } from "./apply-event.ts";
export type * from "./chat-client.ts";
export { ChatError } from "./chat-error.ts";
export type { Clock } from "./clock.ts";
export { type ChatClientOptions, createChatClient } from "./create-chat-client.ts";
export type { Environment } from "./environment.ts";
export { indexedDbOutbox } from "./indexeddb-outbox-store.ts";
export { initialState } from "./initial-state.ts";
export type { LiveSession, OpenSession } from "./live-session.ts";
export { memoryOutbox } from "./memory-outbox-store.ts";
export type { OpenOutboxStore, OutboxStore } from "./outbox-store.ts";
export { selectReactions } from "./reduce-reactions.ts";
export {
  isArchived,
  isMuted,
  selectAttention,
  selectConversationsByActivity,
  selectUnreadTotal,
} from "./selectors.ts";
export { sessionOver } from "./session.ts";
export type { Acknowledgement, OpenSocket, Socket, SocketHandlers } from "./socket.ts";
export type * from "./state.ts";
export type { OpenTabs, Tabs } from "./tabs-alone.ts";
