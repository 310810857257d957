import type { Conversation, Message } from "@parley/protocol";
import type { Labels } from "../labels/labels.ts";
import type { LaterLabels } from "../labels/later-labels.ts";
import { findPerson } from "../people.ts";
import { plainText } from "../rich-text/plain-text.ts";

/** What to say of the messages after `seq`: "Anna: Hello", "3 new messages from Anna"; null when none came in from others. */
export function announcementFor(
  messages: readonly (Message | null)[],
  seq: number,
  conversation: Conversation,
  selfId: string | null,
  labels: Labels & LaterLabels,
): string | null {
  const incoming = messages
    .filter((message) => message !== null)
    .filter((message) => message.seq > seq && message.senderId !== selfId && message.content !== null);
  const [first] = incoming;
  if (first === undefined) return null;
  const nameOf = (senderId: string | null) =>
    senderId === null ? labels.platform : (findPerson(conversation, senderId)?.name ?? labels.formerUser);
  if (incoming.length === 1) return labels.announceOne(nameOf(first.senderId), plainText(first.content ?? ""));
  const oneSender = incoming.every((message) => message.senderId === first.senderId);
  return labels.announceMany(incoming.length, oneSender ? nameOf(first.senderId) : null);
}
