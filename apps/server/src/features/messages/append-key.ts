import type { Message } from "@parley/protocol";

type Send = Pick<Message, "conversationId" | "senderId" | "clientMessageId">;

/** What makes a send the same send again. No id holds a NUL, and none is empty: the host itself has no id. */
export const appendKey = ({ conversationId, senderId, clientMessageId }: Send): string =>
  `${conversationId}\0${senderId ?? ""}\0${clientMessageId}`;
