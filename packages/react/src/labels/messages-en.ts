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

  chooseEmoji: "Choose an emoji",
  insertEmoji: "Insert an emoji",
  moreEmoji: "More emoji",
  searchEmoji: "Search emoji",
  emojiGroups: "Groups of emoji",
  noEmoji: "No emoji found",
  skinTone: "Skin tone",
  skinTones: ["No skin tone", "Light", "Medium-light", "Medium", "Medium-dark", "Dark"],
  skinToneIs: (name) => `Skin tone: ${name}`,

  pin: "Pin",
  unpin: "Unpin",
  pinned: "Pinned",
  pinnedOf: (at, n) => `Pinned message ${at} of ${n}`,
  pinnedMessages: "Pinned messages",

  copyLink: "Copy link",
  copied: "Copied",
  messageDeleted: "Message deleted",

  messageInfo: "Message info",
  sentAt: "Sent",
  editedAt: "Edited",
  readBy: "Read by",
  deliveredTo: "Delivered to",
  nobodyYet: "Nobody yet",
  close: "Close",

  mentionList: "People to mention",
  emojiList: "Emoji",
  suggestions: (n) => (n === 1 ? "1 suggestion" : `${n} suggestions`),
  waitToWrite: (n) => `That was a little fast. Your message leaves in ${seconds(n)}.`,
  waitToSave: (n) => `That was a little fast. Save again in ${seconds(n)}.`,
};
