import type { Conversation } from "@parley/protocol";
import { buildConversation } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { applyView, filterFrom, filtersOf, fold, type InboxView, sortFrom, wholeInbox } from "./inbox-view.ts";

const preferences = { pinnedAt: null, mutedUntil: null, archivedSeq: null, markedUnread: false, version: 0 };
const subject = (type: string) => ({ type, id: "1", title: null, url: null, state: null });

const plain = buildConversation({ id: "plain", lastSeq: 3 });
const unread = buildConversation({ id: "unread", lastSeq: 3, unread: 2 });
const marked = buildConversation({ id: "marked", lastSeq: 3, preferences: { ...preferences, markedUnread: true } });
const archived = buildConversation({ id: "archived", lastSeq: 3, preferences: { ...preferences, archivedSeq: 3 } });
const woken = buildConversation({ id: "woken", lastSeq: 4, preferences: { ...preferences, archivedSeq: 3 } });
const pinned = buildConversation({
  id: "pinned",
  lastSeq: 3,
  preferences: { ...preferences, pinnedAt: "2026-11-21T08:00:00.000Z" },
});
const order = buildConversation({ id: "order", lastSeq: 3, subject: subject("order") });
const all = [plain, unread, marked, archived, woken, order, pinned];

function shown(view: Partial<InboxView>, selectedId?: string, openedUnread = false): string[] {
  const textOf = ({ id }: Conversation) => fold(`Müller ${id}`);
  const source = { conversations: all, selectedId, openedUnread, textOf };
  return applyView(source, { ...wholeInbox, ...view }).map(({ id }) => id);
}

describe("the views of the inbox", () => {
  it("puts pinned ones first and leaves archived ones out, until a message brings them back", () => {
    expect(shown({})).toEqual(["pinned", "plain", "unread", "marked", "woken", "order"]);
    expect(shown({ filter: "archived" })).toEqual(["archived"]);
  });

  it("keeps the open one among the unread ones while it is read", () => {
    expect(shown({ filter: "unread" })).toEqual(["unread", "marked"]);
    expect(shown({ filter: "unread" }, "plain")).toEqual(["plain", "unread", "marked"]);
  });

  it("sorts by activity either way, or what is unread first; pinned ones stay on top", () => {
    expect(shown({ sort: "oldest" })).toEqual(["pinned", "order", "woken", "marked", "unread", "plain"]);
    expect(shown({ sort: "unread" })).toEqual(["pinned", "unread", "marked", "plain", "woken", "order"]);
    expect(["oldest", "nonsense", undefined].map(sortFrom)).toEqual(["oldest", "newest", "newest"]);
  });

  it("leaves the one that is being read where it was found", () => {
    expect(shown({ sort: "unread" }, "woken", true)).toEqual(["pinned", "unread", "marked", "woken", "plain", "order"]);
    expect(shown({ sort: "unread" }, "woken", false)).toEqual(shown({ sort: "unread" }));
  });

  it("offers the kinds of subject that there are", () => {
    expect(filtersOf(all)).toEqual(["all", "unread", "archived", "subject:order"]);
    expect(shown({ filter: "subject:order" })).toEqual(["order"]);
    expect([filterFrom("subject:gig"), filterFrom("nonsense"), filterFrom(undefined)]).toEqual([
      "subject:gig",
      "all",
      "all",
    ]);
  });

  it("finds all words, without accents, in the archive too", () => {
    expect(shown({ query: "muller ARCH" })).toEqual(["archived"]);
    expect(shown({ query: "muller nobody" })).toEqual([]);
    expect(fold("Yılmaz Straße")).toBe("yilmaz strasse");
  });
});
