import type { OutboxMessage } from "./state.ts";

/** Where unsent messages survive a reload. Shared by all tabs of one user at one server; kept in the order of sending. */
export interface OutboxStore {
  /** All entries, in the order of their clientMessageId. */
  readAll(): Promise<readonly OutboxMessage[]>;
  /** Adds the entry, or replaces the one with the same clientMessageId. */
  put(entry: OutboxMessage): Promise<void>;
  remove(clientMessageId: string): Promise<void>;
  close(): void;
}

/** Opens the store of one user at one server. `scope` is the same in every tab. */
export type OpenOutboxStore = (scope: string) => OutboxStore;

/** An entry of an earlier version of this client, on the disk or in another tab, knows no replies and mentions. */
export type EarlierEntry = Omit<OutboxMessage, "replyTo" | "mentions"> &
  Partial<Pick<OutboxMessage, "replyTo" | "mentions">>;

export const completeEntry = ({ replyTo = null, mentions = [], ...entry }: EarlierEntry): OutboxMessage => ({
  ...entry,
  replyTo,
  mentions,
});

export const inSendingOrder = (a: OutboxMessage, b: OutboxMessage): number =>
  a.clientMessageId < b.clientMessageId ? -1 : 1;
