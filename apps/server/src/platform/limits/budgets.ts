import type { Rate } from "./rate-limiter.ts";

/**
 * What one person may do, whatever the conversation type, over HTTP and sockets together. Far more than a busy person with
 * many tabs does, far less than harms the others; what a program needs beyond it, the host does with its key, which has no budget. Sending
 * messages has the rate of their conversation type, changing them has that besides.
 */
export interface Budgets {
  /** HTTP requests of any kind. */
  readonly requests: Rate;
  /** Conversations opened, also those that were there already. */
  readonly opens: Rate;
  /** People named in opening and adding. Holds the largest opening, or that could never be made. */
  readonly peopleAdded: Rate;
  /** Changes of a conversation: title, status, roles, removals. */
  readonly conversationChanges: Rate;
  /** Edits, deletions, reactions and pins that were asked for, also those that change nothing or are refused. */
  readonly messageChanges: Rate;
  /** Changes of what the person sees alone: preferences of conversations, settings. */
  readonly ownChanges: Rate;
}

export const budgets: Budgets = {
  requests: { count: 6_000, seconds: 60 },
  opens: { count: 300, seconds: 60 },
  peopleAdded: { count: 1_000, seconds: 60 },
  conversationChanges: { count: 300, seconds: 60 },
  messageChanges: { count: 300, seconds: 60 },
  ownChanges: { count: 600, seconds: 60 },
};
