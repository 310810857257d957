/**
 * Reads that a replica may answer, by their statements' names: those that read much. Looking up one thing is not worth
 * asking two servers, since the primary says first how far it is.
 */
export const REPLICA_STATEMENTS: ReadonlySet<string> = new Set([
  "read_history",
  "read_pins",
  "search_messages",
  "list_all_conversations",
  "list_conversations",
  "list_oldest_conversations",
  "list_unread_conversations",
  "read_changes",
  "read_moved_receipts",
  "read_unread",
]);
