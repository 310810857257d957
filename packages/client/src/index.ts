export type * from "./chat-client.ts";
export { ChatError } from "./chat-error.ts";
export type * from "./state.ts";
