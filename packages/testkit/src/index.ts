export { buildConversation, buildMessage, buildParticipant, buildUser } from "./build.ts";
export { ManualClock, settle } from "./manual-clock.ts";
export { MemoryChat } from "./memory-chat.ts";
export { type CallFate, type Faults, type MemoryCall, MemoryServer, type SocketHandlers } from "./memory-server.ts";
export type { MemorySend } from "./memory-messages.ts";
export { digestOf, syncMemory } from "./memory-sync.ts";
export { problemOf, Refusal } from "./refusal.ts";
export { clientOptions } from "./client-options.ts";
export { MemoryTabs } from "./memory-tabs.ts";
