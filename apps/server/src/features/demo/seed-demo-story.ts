import type { Conversation, Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { HostActor, UserActor } from "../auth/actor.ts";
import { changeConversation } from "../conversations/change-conversation.ts";
import { listConversations } from "../conversations/list-conversations.ts";
import { openConversation } from "../conversations/open-conversation.ts";
import { pinMessage } from "../messages/pin-message.ts";
import { sendMessage } from "../messages/send-message.ts";
import { addReaction } from "../reactions/react.ts";
import { changePreferences } from "../preferences/change-preferences.ts";
import { movePosition } from "../receipts/move-position.ts";
import { changeProfile } from "../users/change-profile.ts";
import { demoPeople } from "./people.ts";
import { backdateConversation, lockWords } from "./store.ts";
import type { Line, StoryConversation } from "./story-conversation.ts";
import { story } from "./story.ts";

const host: HostActor = { kind: "host" };
const asUser = (userId: string): UserActor => ({ kind: "user", userId, expiresAt: Number.MAX_SAFE_INTEGER });

/**
 * Tells the demo's story through the same use cases that everybody calls. Run again it changes nothing; broken off, it
 * goes on where it was.
 */
export async function seedDemoStory(deps: Deps): Promise<void> {
  for (const { id, name, role } of demoPeople) {
    await changeProfile(deps, host, { userId: id, change: { name, role } });
  }
  for (const conversation of story) await seedConversation(deps, conversation);
}

async function seedConversation(deps: Deps, told: StoryConversation): Promise<void> {
  const conversation = (await findSeeded(deps, told)) ?? (await open(deps, told));
  if (conversation.lastSeq >= told.lines.length) return;
  const messages: Message[] = [];
  for (const [index, line] of told.lines.entries()) messages.push(await say(deps, conversation.id, index, line));
  for (const [index, { id }] of messages.entries()) await respond(deps, id, told.lines[index]?.[3] ?? {});
  if (told.status !== undefined) {
    await changeConversation(deps, host, { id: conversation.id, change: { status: told.status } });
  }
  await backdate(deps, conversation.id, told);
  await arrange(deps, conversation.id, told);
}

/** What each has read, and keeps on top. */
async function arrange(deps: Deps, conversationId: string, told: StoryConversation): Promise<void> {
  for (const { userId } of told.participants) {
    const seq = told.lines.length - (told.unread[userId] ?? 0);
    await movePosition(deps, asUser(userId), "read", { conversationId, seq });
    await movePosition(deps, asUser(userId), "delivered", { conversationId, seq: told.lines.length });
  }
  for (const userId of told.pinnedFor ?? []) {
    await changePreferences(deps, asUser(userId), { id: conversationId, input: { pinned: true } });
  }
}

/** Conversations without a subject are known by their title. */
async function findSeeded(
  deps: Deps,
  { type, title, participants }: StoryConversation,
): Promise<Conversation | undefined> {
  const [first] = participants;
  if (first === undefined) return undefined;
  const query = { limit: 100, filter: "all" as const, sort: "newest" as const, box: "all" as const, type };
  const { conversations } = await listConversations(deps, asUser(first.userId), query);
  return title === null ? undefined : conversations.find((conversation) => conversation.title === title);
}

async function open(deps: Deps, { type, title, subject, participants }: StoryConversation): Promise<Conversation> {
  const { conversation } = await openConversation(deps, host, {
    type,
    participants: [...participants],
    ...(title !== null && { title }),
    ...(subject !== null && { subject }),
  });
  return conversation;
}

async function say(
  deps: Deps,
  conversationId: string,
  index: number,
  [, senderId, content, { answers, mentions } = {}]: Line,
): Promise<Message> {
  const { message } = await sendMessage(deps, host, {
    conversationId,
    clientMessageId: `demo-story-${index}`,
    content,
    ...(answers !== undefined && { replyToSeq: answers }),
    ...(mentions !== undefined && { mentions: [...mentions] }),
    ...(senderId === null ? { kind: "system" as const } : { kind: "text" as const, senderId }),
  });
  return message;
}

/** What the others did with a message. */
async function respond(
  deps: Deps,
  messageId: string,
  { reactions = [], pinnedBy }: NonNullable<Line[3]>,
): Promise<void> {
  for (const [emoji, ...userIds] of reactions) {
    for (const userId of userIds) await addReaction(deps, asUser(userId), { messageId, emoji });
  }
  if (pinnedBy !== undefined) await pinMessage(deps, asUser(pinnedBy), messageId);
}

/** The use cases stamp the present; a story has a past. */
async function backdate(deps: Deps, conversationId: string, { lines, daysAgo }: StoryConversation): Promise<void> {
  const length = lines.reduce((sum, [minutes]) => sum + minutes, 0);
  const latest = deps.clock.now() - (length + 5) * 60_000;
  const morning = new Date(deps.clock.now() - daysAgo * 86_400_000).setHours(9, 12, 0, 0);
  let at = Math.min(latest, morning);
  const times = lines.map(([minutes]) => {
    at += minutes * 60_000;
    return new Date(at).toISOString();
  });
  await deps.db.transaction(async (tx) => {
    await tx.query(lockWords, []);
    await tx.query(backdateConversation, [conversationId, times]);
  });
}
