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

  readonly chooseEmoji: string;
  readonly insertEmoji: string;
  readonly moreEmoji: string;
  readonly searchEmoji: string;
  readonly emojiGroups: string;
  readonly noEmoji: string;
  readonly skinTone: string;
  /** From none to dark, six of them. */
  readonly skinTones: readonly string[];
  readonly skinToneIs: (name: string) => string;

  readonly pin: string;
  readonly unpin: string;
  readonly pinned: string;
  readonly pinnedOf: (at: number, count: number) => string;
  readonly pinnedMessages: string;

  readonly copyLink: string;
  readonly copied: string;
  readonly messageDeleted: string;

  readonly messageInfo: string;
  readonly sentAt: string;
  readonly editedAt: string;
  readonly readBy: string;
  readonly deliveredTo: string;
  readonly nobodyYet: string;
  readonly close: string;

  readonly mentionList: string;
  readonly emojiList: string;
  readonly suggestions: (count: number) => string;
  /** Too many messages at once: the next one leaves by itself. */
  readonly waitToWrite: (seconds: number) => string;
  /** Too many changes at once: try again then. */
  readonly waitToSave: (seconds: number) => string;
}
