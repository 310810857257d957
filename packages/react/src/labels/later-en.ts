import type { LaterLabels } from "./later-labels.ts";
import { searchEn } from "./search-en.ts";

export const laterEn: LaterLabels = {
  ...searchEn,

  copy: "Copy text",
  copyLink: "Copy link",
  edit: "Edit",
  delete: "Delete",
  pin: "Pin",
  unpin: "Unpin",

  messageInfo: "Message info",
  sentAt: "Sent",
  editedAt: "Edited",
  readBy: "Read by",
  deliveredTo: "Delivered to",
  nobodyYet: "Nobody yet",

  moreEmoji: "More emoji",
  searchEmoji: "Search emoji",
  emojiGroups: "Groups of emoji",
  noEmoji: "No emoji found",
  skinTone: "Skin tone",
  skinTones: ["No skin tone", "Light", "Medium-light", "Medium", "Medium-dark", "Dark"],
  skinToneIs: (name) => `Skin tone: ${name}`,

  mentionList: "People to mention",
  emojiList: "Emoji",

  open: "Open",
  markUnread: "Mark as unread",
  markRead: "Mark as read",
  pinConversation: "Pin to the top",
  unpinConversation: "Unpin",
  mute: "Mute",
  muteFirst: "Mute…",
  muteFor: { hour: "For 1 hour", workday: "For 8 hours", always: "Until I unmute it" },
  unmute: "Unmute",
  archive: "Archive",
  unarchive: "Back to the inbox",

  leave: "Leave",
  leaveTitle: (name) => `Leave “${name}”?`,
  leaveText: "You will not see it any more, and nobody can write to you here. Only somebody in it can add you again.",

  announceOne: (name, content) => `${name}: ${content}`,
  announceMany: (n, name) => (name === null ? `${n} new messages` : `${n} new messages from ${name}`),
};
