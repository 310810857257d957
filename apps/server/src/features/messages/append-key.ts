import type { AppendRequest } from "./message-appender.ts";

/** What makes a send the same send again. */
export const appendKey = ({ conversationId, senderId, clientMessageId }: AppendRequest): string =>
  JSON.stringify([conversationId, senderId, clientMessageId]);
