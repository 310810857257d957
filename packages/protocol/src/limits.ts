/** Hard limits of the wire, whatever a conversation type allows. Sizes in bytes or items, times in milliseconds. */
export const limits = {
  /** Largest HTTP body and Socket.IO packet, in bytes. */
  bodyBytes: 64 * 1024,
  /** Largest body of a sync call: room for `syncVersions` versions and as many positions, with ids that Parley gave. */
  syncBodyBytes: 256 * 1024,
  /** Longest id that a host may give to a user or a subject, in characters. */
  idLength: 128,
  /** Longest message text that any conversation type may allow, in code points. */
  textLength: 20_000,
  titleLength: 200,
  nameLength: 120,
  urlLength: 2_048,
  /** What a quote repeats of its message, in code points. */
  quoteLength: 200,
  /** People mentioned in one message. */
  mentions: 20,
  /** Different emoji on one message; people behind all of them together: the message carries their ids wherever it goes. */
  reactionsPerMessage: 20,
  /** Different emoji of one person on one message. */
  reactionsPerPerson: 5,
  peopleReacting: 250,
  pinsPerConversation: 50,
  /** How long the sender may take a deletion back, in milliseconds. */
  undoDeleteMs: 60_000,
  /** Shortest and longest search, in characters; hits on one page. */
  searchLengthMin: 2,
  searchLength: 200,
  searchPageSize: 20,
  searchPageSizeMax: 50,
  /** History pages: how many messages when the caller names no limit, and at most. */
  pageSize: 50,
  pageSizeMax: 100,
  /** Inbox pages. */
  inboxPageSize: 30,
  inboxPageSizeMax: 100,
  /** Participants named in one call that opens a conversation. */
  participantsPerOpen: 500,
  /** Conversations whose versions one sync call may carry. */
  syncVersions: 2_000,
  /** Changed messages in one sync answer; a conversation that is further behind starts over. */
  syncMessages: 500,
  typingIntervalMs: 2_000,
  typingExpiresMs: 3_000,
  presenceHeartbeatMs: 30_000,
  presenceLeaseMs: 60_000,
  /** At least this often the server tells each connection the sums by which a lost last event is noticed. */
  digestIntervalMs: 45_000,
  /** How long a message must have been in view before it counts as read. */
  readAfterMs: 2_000,
} as const;
