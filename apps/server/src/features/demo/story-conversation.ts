import type { ParticipantRole, Subject } from "@parley/protocol";

/** What else belongs to a line. Lines of a conversation count from 1. */
interface Extras {
  /** The line that this one answers. */
  answers?: number;
  mentions?: readonly string[];
  /** Emoji and who reacted with it. */
  reactions?: readonly (readonly [emoji: string, ...userIds: string[]])[];
  pinnedBy?: string;
}

/** One line of the story: how many minutes after the line before, who (null: the marketplace itself), and what. */
export type Line = readonly [minutes: number, senderId: string | null, content: string, extras?: Extras];

export interface StoryConversation {
  type: "direct" | "order" | "group" | "project" | "announcement";
  title: string | null;
  subject: Subject | null;
  participants: readonly { userId: string; role: ParticipantRole }[];
  /** Days before today on which it begins. */
  daysAgo: number;
  lines: readonly Line[];
  /** Who has not read the end of it, and how many messages of it. */
  unread: Readonly<Record<string, number>>;
  /** Who keeps it on top of their inbox. */
  pinnedFor?: readonly string[];
  /** How it ended, where it has. */
  status?: "archived" | "locked";
}

/** In minutes. */
export const DAY = 24 * 60;
