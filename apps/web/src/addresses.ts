/** Where a conversation lives in this app. */
export const addressOf = (conversationId: string): string => `/c/${encodeURIComponent(conversationId)}`;

/** The whole address at which a message opens, to be copied. */
export const linkFor = ({ conversationId, seq }: { conversationId: string; seq: number }): string =>
  `${location.origin}${addressOf(conversationId)}/m/${seq}`;

/** A position in a conversation as it stands in an address. */
export function seqFrom(value: unknown): number | undefined {
  const seq = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  return Number.isSafeInteger(seq) && seq > 0 ? seq : undefined;
}
