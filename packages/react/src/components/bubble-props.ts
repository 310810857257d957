import type { OutboxMessage } from "@parley/client";
import type { Message, UserProfile } from "@parley/protocol";
import type { DeliveryStatus } from "../message-list/timeline.ts";

/** What a message is shown from: of the bubble, its parts, and whatever a host puts in its place. */
export interface MessageBubbleProps {
  /** Exactly one of `message` and `outbox` is there. */
  readonly message: Message | null;
  readonly outbox: OutboxMessage | null;
  /** Of an own message; null for somebody else's. */
  readonly status: DeliveryStatus | null;
  /** Of somebody else's message; a stand-in when nobody knows them any more. */
  readonly sender: Pick<UserProfile, "id" | "name" | "picture">;
  /** More than two people: names and pictures stand beside the messages. */
  readonly inGroup: boolean;
  /** Place in a run of one sender. */
  readonly first: boolean;
  readonly last: boolean;
  /** Whether the reader may write here: reply, change, pin. */
  readonly writable: boolean;
  /** Whether the reader may react here. */
  readonly mayReact: boolean;
  readonly className?: string;
}
