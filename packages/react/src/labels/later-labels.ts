import type { SearchLabels } from "./search-labels.ts";

/**
 * What menus, pickers, dialogs, search and announcements say. It comes with the first of them, in both languages: one file of
 * words that is fetched when nobody waits.
 */
export interface LaterLabels extends SearchLabels {
  readonly copy: string;
  readonly copyLink: string;
  readonly edit: string;
  readonly delete: string;
  readonly pin: string;
  readonly unpin: string;

  readonly messageInfo: string;
  readonly sentAt: string;
  readonly editedAt: string;
  readonly readBy: string;
  readonly deliveredTo: string;
  readonly nobodyYet: string;

  readonly moreEmoji: string;
  readonly searchEmoji: string;
  readonly emojiGroups: string;
  readonly noEmoji: string;
  readonly skinTone: string;
  /** From none to dark, six of them. */
  readonly skinTones: readonly string[];
  readonly skinToneIs: (name: string) => string;

  readonly mentionList: string;
  readonly emojiList: string;

  readonly open: string;
  readonly markUnread: string;
  readonly markRead: string;
  readonly pinConversation: string;
  readonly unpinConversation: string;
  readonly mute: string;
  /** The same, where for how long is asked next. */
  readonly muteFirst: string;
  readonly muteFor: Readonly<Record<"hour" | "workday" | "always", string>>;
  readonly unmute: string;
  readonly archive: string;
  readonly unarchive: string;

  readonly leave: string;
  readonly leaveTitle: (name: string) => string;
  readonly leaveText: string;

  readonly announceOne: (name: string, content: string) => string;
  readonly announceMany: (count: number, name: string | null) => string;
}
