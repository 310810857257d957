import type { Conversation, Message } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { HostActor, UserActor } from "../auth/actor.ts";
import { listConversations } from "../conversations/list-conversations.ts";
import { openConversation } from "../conversations/open-conversation.ts";
import { sendMessage } from "../messages/send-message.ts";
import { movePosition } from "../receipts/move-position.ts";
import { changeProfile } from "../users/change-profile.ts";
import { demoPeople } from "./people.ts";
import { backdateConversation } from "./store.ts";
import { type StoryConversation, story } from "./story.ts";

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
  await backdate(deps, conversation.id, told);
  for (const { userId } of told.participants) {
    const seq = told.lines.length - (told.unread[userId] ?? 0);
    await movePosition(deps, asUser(userId), "read", { conversationId: conversation.id, seq });
    await movePosition(deps, asUser(userId), "delivered", { conversationId: conversation.id, seq: messages.length });
  }
}

/** Conversations without a subject are known by their title. */
async function findSeeded(
  deps: Deps,
  { type, title, participants }: StoryConversation,
): Promise<Conversation | undefined> {
  const [first] = participants;
  if (first === undefined) return undefined;
  const query = { limit: 100, filter: "all" as const, box: "all" as const, type };
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
  [, senderId, content]: StoryConversation["lines"][number],
): Promise<Message> {
  const { message } = await sendMessage(deps, host, {
    conversationId,
    clientMessageId: `demo-story-${index}`,
    content,
    ...(senderId === null ? { kind: "system" as const } : { kind: "text" as const, senderId }),
  });
  return message;
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
  await deps.db.query(backdateConversation, [conversationId, times]);
}
