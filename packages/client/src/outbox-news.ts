import type { Message } from "@parley/protocol";
import { completeEntry } from "./outbox-store.ts";
import type { OutboxMessage } from "./state.ts";

/** What one tab tells the others about the outbox that they share. */
export type OutboxNews =
  /** `isVolatile`: no disk took it, it lives in the tabs alone. */
  | { readonly kind: "enqueued"; readonly entry: OutboxMessage; readonly isVolatile: boolean }
  | { readonly kind: "acknowledged"; readonly message: Message }
  | { readonly kind: "failed"; readonly entry: OutboxMessage }
  | { readonly kind: "discarded"; readonly conversationId: string; readonly clientMessageId: string };

/** Another version of this client may run in another tab: what it says in words of its own is not news. */
export function readNews(value: unknown): OutboxNews | null {
  const kinds: readonly unknown[] = ["enqueued", "acknowledged", "failed", "discarded"];
  const news = value as OutboxNews | null | undefined;
  if (!news || !kinds.includes(news.kind)) return null;
  return "entry" in news ? { ...news, entry: completeEntry(news.entry) } : news;
}
