import type { Conversation, UserProfile } from "@parley/protocol";
import type { Formats } from "./labels/formats.ts";
import type { Labels } from "./labels/labels.ts";
import { wordFor } from "./labels/word-for.ts";

/** Somebody who takes part, or once did: their messages keep a name. */
export function findPerson(conversation: Conversation | undefined, userId: string | null): UserProfile | undefined {
  if (conversation === undefined || userId === null) return undefined;
  return (
    conversation.participants.find(({ user }) => user.id === userId)?.user ??
    conversation.formerParticipants.find((user) => user.id === userId)
  );
}

/** Everybody but me. */
export function otherPeople(conversation: Conversation, selfId: string | undefined): readonly UserProfile[] {
  return conversation.participants.map(({ user }) => user).filter((user) => user.id !== selfId);
}

/** Types whose people do not talk as two, however few they are. */
const manyPeople = new Set(["group", "project", "announcement"]);

/** The one I talk to, when there are only two of us and the conversation has no title of its own. */
export function partnerOf(conversation: Conversation, selfId: string | undefined): UserProfile | undefined {
  if (manyPeople.has(conversation.type)) return undefined;
  const others = otherPeople(conversation, selfId);
  return others.length === 1 ? others[0] : undefined;
}

/** The partner's name, else the title, else the names of all; an announcement does not tell who else reads it. */
export function conversationName(
  conversation: Conversation,
  selfId: string | undefined,
  texts: { labels: Labels; formats: Formats },
): string {
  const partner = partnerOf(conversation, selfId);
  if (partner !== undefined) return partner.name;
  const title = conversation.title ?? conversation.subject?.title;
  if (title) return title;
  if (conversation.type === "announcement") return texts.labels.platform;
  const names = otherPeople(conversation, selfId).map((user) => user.name);
  return names.length > 0 ? texts.formats.list(names) : texts.labels.you;
}

/** Numbers as people read them to each other, "4711", "A-1042", "2026/118": no keys of a database, no names for addresses. */
const spokenNumber = /^(?:\p{L}{1,4}[-/ ]?)?\d{1,6}(?:[-/.]\d{1,6}){0,2}$/u;

/** "Order A-1042": what the subject is called in one line; "Order" alone when its id says nothing to people. */
export function subjectName(subject: NonNullable<Conversation["subject"]>, labels: Labels): string {
  const type = wordFor(labels.subjectType, subject.type) ?? subject.type;
  return spokenNumber.test(subject.id) ? `${type} ${subject.id}` : type;
}
