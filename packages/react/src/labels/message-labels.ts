/** What the kit says around single messages: replies, reactions, pins, emoji. */
export interface MessageLabels {
  readonly unreadLine: string;
  readonly jumpBack: string;

  readonly reply: string;
  readonly replyingTo: (name: string) => string;
  readonly cancelReply: string;
  /** A quote in a bubble is a button that leads to its message. */
  readonly quoteOf: (name: string, text: string) => string;
  readonly quoteDeleted: string;

  readonly react: string;
  readonly reactions: string;
  readonly addReaction: string;
  readonly reactedBy: (emoji: string, names: string) => string;
  readonly othersToo: (count: number) => string;

  readonly insertEmoji: string;

  readonly pinned: string;
  readonly pinnedOf: (at: number, count: number) => string;
  readonly pinnedMessages: string;

  readonly copied: string;
  readonly messageDeleted: string;

  readonly close: string;

  /** Too many messages at once: the next one leaves by itself. */
  readonly waitToWrite: (seconds: number) => string;
  /** Too many changes at once: try again then. */
  readonly waitToSave: (seconds: number) => string;
}
