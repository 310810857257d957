import type { Conversation } from "@parley/protocol";
import { isArchived } from "@parley/client";

/** Which conversations are shown; `subject:order` those about an order. */
export type InboxFilter = "all" | "unread" | "archived" | `subject:${string}`;

/** In which order: by the time of the last message, or those with something unread first and then the newest. */
export type InboxSort = (typeof inboxSorts)[number];
export const inboxSorts = ["newest", "unread", "oldest"] as const;

/** What a person looks at in the inbox. */
export interface InboxView {
  readonly filter: InboxFilter;
  readonly query: string;
  readonly sort: InboxSort;
}

export const wholeInbox: InboxView = { filter: "all", query: "", sort: "newest" };

export const isUnread = ({ unread, preferences }: Conversation): boolean => unread > 0 || preferences.markedUnread;

/** The filters that lead somewhere: the first three always, a kind of subject when there is one of it. */
export function filtersOf(conversations: Iterable<Conversation>): readonly InboxFilter[] {
  const types = new Set<string>();
  for (const { subject } of conversations) if (subject !== null) types.add(subject.type);
  return ["all", "unread", "archived", ...[...types].sort().map((type) => `subject:${type}` as const)];
}

/** The filter of that name, such as one from an address; `all` when it is none. */
export function filterFrom(name: string | undefined): InboxFilter {
  if (name === "unread" || name === "archived") return name;
  return name?.startsWith("subject:") === true ? (name as InboxFilter) : "all";
}

/** The order of that name, such as one from an address; `newest` when it is none. */
export function sortFrom(name: string | undefined): InboxSort {
  return inboxSorts.find((sort) => sort === name) ?? "newest";
}

function matchesFilter(conversation: Conversation, filter: InboxFilter, searching: boolean): boolean {
  // Who looks for words in everything means the archive too.
  if (filter === "all") return searching || !isArchived(conversation);
  if (filter === "archived") return isArchived(conversation);
  if (isArchived(conversation)) return false;
  return filter === "unread" ? isUnread(conversation) : conversation.subject?.type === filter.slice("subject:".length);
}

export interface ViewSource {
  /** Newest activity first. */
  readonly conversations: readonly Conversation[];
  /** The one that stands open: it stays among the unread ones while it is being read. */
  readonly selectedId: string | undefined;
  /** It was unread when it was opened, and keeps the place that it had for that. */
  readonly openedUnread: boolean;
  /** What of a conversation is searched, folded by `fold`. */
  readonly textOf: (conversation: Conversation) => string;
}

/** What of the inbox a view shows, pinned ones first, in the view's order. */
export function applyView(source: ViewSource, view: InboxView): readonly Conversation[] {
  const { conversations, selectedId, openedUnread, textOf } = source;
  const words = fold(view.query).split(/\s+/).filter(Boolean);
  const shown = conversations.filter((conversation) => {
    const stays = view.filter === "unread" && conversation.id === selectedId;
    if (!stays && !matchesFilter(conversation, view.filter, words.length > 0)) return false;
    if (words.length === 0) return true;
    const text = textOf(conversation);
    return words.every((word) => text.includes(word));
  });
  if (view.sort === "oldest") shown.reverse();
  const isFirst = (one: Conversation) => isUnread(one) || (openedUnread && one.id === selectedId);
  const ordered = view.sort === "unread" ? parted(shown, isFirst) : shown;
  return parted(ordered, ({ preferences }) => preferences.pinnedAt !== null);
}

/** Those that `isFirst` names before the others; else the order stays. */
function parted(all: readonly Conversation[], isFirst: (one: Conversation) => boolean): Conversation[] {
  return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))];
}

/** Without case and accents: "Yılmaz" is found by "yilmaz", "Müller" by "muller". */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i").replaceAll("ß", "ss");
}
