import type { MessageLabels } from "./message-labels.ts";

const seconds = (n: number) => (n === 1 ? "1 second" : `${n} seconds`);

export const messagesEn: MessageLabels = {
  unreadLine: "New",
  jumpBack: "Back to where you were",

  reply: "Reply",
  replyingTo: (name) => `Replying to ${name}`,
  cancelReply: "Do not reply",
  quoteOf: (name, text) => `In reply to ${name}: ${text}`,
  quoteDeleted: "Deleted message",

  react: "React",
  reactions: "Reactions",
  addReaction: "Add a reaction",
  reactedBy: (emoji, names) => `${emoji} from ${names}`,
  othersToo: (n) => (n === 1 ? "1 other" : `${n} others`),

  insertEmoji: "Insert an emoji",

  pinned: "Pinned",
  pinnedOf: (at, n) => `Pinned message ${at} of ${n}`,
  pinnedMessages: "Pinned messages",

  copied: "Copied",
  messageDeleted: "Message deleted",

  close: "Close",

  waitToWrite: (n) => `That was a little fast. Your message will be sent in ${seconds(n)}.`,
  waitToSave: (n) => `That was a little fast. Save again in ${seconds(n)}.`,
};
