import type { ErrorCode } from "@parley/protocol";
import type { InboxSort } from "../conversation-list/inbox-view.ts";
import type { MessageLabels } from "./message-labels.ts";

/** What the kit says from the start; the rest is in later-labels.ts. A catalogue that misses a key does not compile. */
export interface Labels extends MessageLabels {
  readonly conversations: string;
  readonly noConversations: string;
  readonly noConversationsHint: string;
  readonly noSelection: string;
  readonly noSelectionHint: string;
  readonly conversationNotFound: string;
  readonly conversationNotFoundHint: string;
  readonly backToList: string;
  readonly draft: string;
  readonly you: string;
  /** The last in a list of people. */
  readonly youToo: string;
  readonly platform: string;
  readonly formerUser: string;
  readonly unread: (count: number) => string;
  readonly participants: (count: number) => string;
  readonly subjectType: Readonly<Record<"order" | "project" | "gig", string>>;

  readonly searchConversations: string;
  /** In the field, where the whole name has no room. */
  readonly searchInbox: string;
  readonly clearSearch: string;
  readonly searchHere: string;
  readonly foundConversations: string;
  readonly foundMessages: string;
  readonly sortBy: string;
  readonly sort: Readonly<Record<InboxSort, string>>;
  readonly showOnly: string;
  readonly filter: Readonly<Record<"all" | "unread" | "archived", string>>;
  readonly subjectFilter: Readonly<Record<"order" | "project" | "gig", string>>;
  readonly nothingFound: string;
  readonly nothingFoundHint: string;
  readonly nothingIn: Readonly<Record<"all" | "unread" | "archived" | "subject", string>>;
  readonly nothingInHint: Readonly<Record<"all" | "unread" | "archived" | "subject", string>>;
  readonly showAll: string;
  readonly conversationActions: (name: string) => string;
  readonly archivedNow: (name: string) => string;
  readonly unarchivedNow: (name: string) => string;
  readonly undo: string;
  readonly dismiss: string;
  readonly markedUnread: string;
  readonly muted: string;
  readonly pinnedConversation: string;
  readonly inArchive: string;
  readonly replied: string;

  readonly history: string;
  readonly historyStart: string;
  readonly emptyHistory: string;
  readonly emptyHistoryHint: (name: string) => string;
  readonly loadingMessages: string;
  readonly today: string;
  readonly yesterday: string;
  readonly deletedOwn: string;
  readonly deleted: (name: string) => string;
  readonly edited: string;
  readonly jumpToLatest: string;
  readonly newMessages: (count: number) => string;

  readonly status: Readonly<Record<"pending" | "failed" | "sent" | "delivered" | "read", string>>;
  readonly retry: string;
  readonly discard: string;
  readonly problem: Readonly<Partial<Record<ErrorCode, string>>>;
  readonly unknownProblem: string;
  readonly unreachable: string;
  /** A menu or the like could not be fetched: no network, or the server has a newer version than the page. */
  readonly partMissing: string;

  readonly messageActions: string;
  readonly cancel: string;

  readonly composer: string;
  readonly composerPlaceholder: string;
  readonly send: string;
  readonly save: string;
  readonly editing: string;
  readonly remainingCharacters: (count: number) => string;
  readonly tooManyCharacters: (count: number) => string;
  readonly locked: string;
  readonly archived: string;
  readonly writersOnly: string;

  readonly typing: (names: readonly string[]) => string;
  readonly presence: Readonly<Record<"online" | "away" | "offline", string>>;
  readonly lastSeen: (when: string) => string;

  readonly openMessages: string;
  readonly closeMessages: string;
  readonly dismissTeaser: string;

  readonly offline: string;
  readonly connecting: string;
  readonly limited: string;
  readonly unauthorized: string;
  readonly retryIn: (seconds: number) => string;
}
