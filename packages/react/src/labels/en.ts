import type { Labels } from "./labels.ts";

const count = (n: number, one: string, many: string) => (n === 1 ? one : `${n.toLocaleString("en")} ${many}`);

function typing(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} is typing`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing`;
  return `${names.length} people are typing`;
}

export const en: Labels = {
  conversations: "Conversations",
  noConversations: "Nothing here yet",
  noConversationsHint: "As soon as somebody opens a conversation with you, it appears here.",
  noSelection: "Pick up the thread",
  noSelectionHint: "Choose a conversation on the left. What is new waits at the top.",
  conversationNotFound: "This conversation is not here",
  conversationNotFoundHint: "It does not exist, or you no longer take part in it.",
  backToList: "Back to the conversations",
  draft: "Draft:",
  you: "You",
  platform: "Platform",
  formerUser: "Former participant",
  unread: (n) => count(n, "1 unread message", "unread messages"),
  participants: (n) => count(n, "1 person", "people"),
  subjectType: { order: "Order", project: "Project", gig: "Gig" },

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
  announceOne: (name, content) => `${name}: ${content}`,
  announceMany: (n, name) => (name === null ? `${n} new messages` : `${n} new messages from ${name}`),

  status: { pending: "Sending", failed: "Not sent", sent: "Sent", delivered: "Delivered", read: "Read" },
  retry: "Try again",
  discard: "Discard",
  problem: {
    message_too_long: "The message is too long for this conversation.",
    conversation_locked: "The conversation was locked.",
    conversation_archived: "The conversation was archived.",
    writers_only: "Only admins write here.",
    edit_window_closed: "The time for editing is over.",
    message_deleted: "The message was deleted.",
    not_found: "The conversation is no longer open to you.",
    rate_limited: "That was a little fast. Wait a moment.",
    unauthenticated: "You are signed out.",
    token_expired: "Your session has ended.",
  },
  unknownProblem: "Something went wrong.",
  unreachable: "The server cannot be reached.",

  messageActions: "Message actions",
  copy: "Copy text",
  edit: "Edit",
  delete: "Delete",
  deleteTitle: "Delete this message?",
  deleteText: "It disappears for everybody. A note stays that it was deleted.",
  cancel: "Cancel",

  composer: "Write a message",
  composerPlaceholder: "Write a message …",
  send: "Send",
  save: "Save",
  editing: "Editing a message",
  remainingCharacters: (n) => count(n, "1 character left", "characters left"),
  tooManyCharacters: (n) => count(n, "1 character too many", "characters too many"),
  locked: "This conversation is locked. You can read it, but not write.",
  archived: "This conversation is archived. You can read it, but not write.",
  writersOnly: "Only admins write in this conversation.",

  typing,
  presence: { online: "Online", away: "Away", offline: "Offline" },
  lastSeen: (when) => `Last seen ${when}`,

  offline: "No connection. What you write is sent as soon as you are back.",
  connecting: "Connecting …",
  limited: "Live updates are blocked here. Messages arrive with a short delay.",
  unauthorized: "Your session has ended. Sign in again.",
  retryIn: (seconds) => `Next attempt in ${seconds} s`,
};
