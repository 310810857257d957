import type { Labels } from "./labels.ts";
import { messagesEn } from "./messages-en.ts";

/** Small numbers need no format, which takes a slow phone 10 ms to make. */
const numberText = (n: number) => (n < 1_000 ? String(n) : n.toLocaleString("en"));
const count = (n: number, one: string, many: string) => (n === 1 ? one : `${numberText(n)} ${many}`);

function typing(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} is typing`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing`;
  return `${names.length} people are typing`;
}

export const en: Labels = {
  ...messagesEn,

  conversations: "Conversations",
  noConversations: "Nothing here yet",
  noConversationsHint: "As soon as somebody opens a conversation with you, it appears here.",
  noSelection: "Pick up the thread",
  noSelectionHint: "Choose a conversation from the list.",
  conversationNotFound: "Conversation not found",
  conversationNotFoundHint: "It does not exist, or you no longer take part in it.",
  backToList: "Back to the conversations",
  draft: "Draft:",
  you: "You",
  youToo: "you",
  platform: "Platform",
  formerUser: "Former participant",
  unread: (n) => count(n, "1 unread message", "unread messages"),
  participants: (n) => count(n, "1 person", "people"),
  subjectType: { order: "Order", project: "Project", gig: "Gig" },

  searchConversations: "Search people, subjects and messages",
  searchInbox: "Search",
  clearSearch: "Clear the search",
  searchHere: "Search this conversation",
  foundConversations: "Conversations",
  foundMessages: "Messages",
  sortBy: "Sort",
  sort: { newest: "Newest first", unread: "Unread first", oldest: "Oldest first" },
  showOnly: "Show",
  filter: { all: "All", unread: "Unread", archived: "Archived" },
  subjectFilter: { order: "Orders", project: "Projects", gig: "Gigs" },
  nothingFound: "Nothing found",
  nothingFoundHint: "No name, title or last message has these words. Try fewer, or the beginning of one.",
  nothingIn: { all: "All done", unread: "All read", archived: "Nothing archived", subject: "Nothing here" },
  nothingInHint: {
    all: "All of your conversations are in the archive.",
    unread: "What comes in next shows up here.",
    archived: "Archive what is done: it waits here, and comes back by itself with the next message.",
    subject: "There is no conversation of this kind in your inbox.",
  },
  showAll: "Show all",
  conversationActions: (name) => `Actions for ${name}`,
  archivedNow: (name) => `${name} is in the archive`,
  unarchivedNow: (name) => `${name} is back in the inbox`,
  undo: "Undo",
  dismiss: "Dismiss",
  markedUnread: "Marked as unread",
  muted: "Muted",
  pinnedConversation: "Pinned",
  inArchive: "Archived",
  replied: "Reply",

  history: "Message history",
  historyStart: "This is where the conversation begins.",
  emptyHistory: "No messages yet",
  emptyHistoryHint: (name) => `Write the first line to ${name}.`,
  loadingMessages: "Loading messages",
  today: "Today",
  yesterday: "Yesterday",
  deletedOwn: "You deleted this message",
  deleted: (name) => `${name} deleted this message`,
  edited: "edited",
  jumpToLatest: "Jump to the latest message",
  newMessages: (n) => count(n, "1 new message", "new messages"),

  status: { pending: "Sending", failed: "Not sent", sent: "Sent", delivered: "Delivered", read: "Read" },
  retry: "Try again",
  discard: "Discard",
  problem: {
    message_too_long: "The message is too long for this conversation.",
    conversation_locked: "The conversation was locked.",
    conversation_archived: "The conversation was archived.",
    writers_only: "Only admins can write here.",
    edit_window_closed: "The time for editing is over.",
    too_many_own_reactions: "You have already reacted to this message with five emoji. Take one back first.",
    message_deleted: "The message was deleted.",
    not_found: "The conversation is no longer open to you.",
    rate_limited: "That was a little fast. Wait a moment.",
    unauthenticated: "You are signed out.",
    token_expired: "Your session has ended.",
  },
  unknownProblem: "Something went wrong.",
  unreachable: "The server cannot be reached.",
  partMissing: "This could not be loaded. Try again, or reload the page.",

  messageActions: "Message actions",
  cancel: "Cancel",

  composer: "Write a message",
  composerPlaceholder: "Write a message…",
  send: "Send",
  save: "Save",
  editing: "Editing a message",
  remainingCharacters: (n) => count(n, "1 character left", "characters left"),
  tooManyCharacters: (n) => count(n, "1 character too many", "characters too many"),
  locked: "This conversation is locked. You can read it, but not write.",
  archived: "This conversation is archived. You can read it, but not write.",
  writersOnly: "Only admins can write in this conversation.",

  typing,
  presence: { online: "Online", away: "Away", offline: "Offline" },
  lastSeen: (when) => `Last seen ${when}`,

  openMessages: "Open messages",
  closeMessages: "Close messages",
  dismissTeaser: "Dismiss this note",

  offline: "No connection. What you write is sent as soon as you are back.",
  connecting: "Connecting…",
  limited: "Live updates are blocked here. Messages arrive with a short delay.",
  unauthorized: "Your session has ended. Sign in again.",
  retryIn: (seconds) => `Next attempt in ${seconds} s`,
};
