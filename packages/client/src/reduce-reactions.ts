import type { Message, Reaction } from "@parley/protocol";
import type { ChatState, ReactionChange } from "./state.ts";
import { withoutKey } from "./without-key.ts";

/** Shows a reaction of the user's own before the server has it; a later change with the same emoji takes its place. */
export function putReactionChange(state: ChatState, messageId: string, change: ReactionChange): ChatState {
  const others = (state.reacting.get(messageId) ?? []).filter(({ emoji }) => emoji !== change.emoji);
  return { ...state, reacting: new Map(state.reacting).set(messageId, [...others, change]) };
}

/** The server has answered this very change: nothing stands above the message any more, unless a later one does. */
export function dropReactionChange(state: ChatState, messageId: string, change: ReactionChange): ChatState {
  const changes = state.reacting.get(messageId);
  if (!changes?.includes(change)) return state;
  const rest = changes.filter((other) => other !== change);
  const reacting =
    rest.length > 0 ? new Map(state.reacting).set(messageId, rest) : withoutKey(state.reacting, messageId);
  return { ...state, reacting };
}

interface Shown {
  readonly changes: readonly ReactionChange[];
  readonly reactions: readonly Reaction[];
}
const shown = new WeakMap<Message, Shown>();

/**
 * The reactions to a message as the user should see them: their own ones that are still on the way to the server count.
 * The same array as long as nothing changed.
 */
export function selectReactions(state: ChatState, message: Message): readonly Reaction[] {
  const changes = state.reacting.get(message.id);
  const selfId = state.self?.id;
  if (!changes || selfId === undefined || message.deletedAt !== null) return message.reactions;
  const before = shown.get(message);
  if (before?.changes === changes) return before.reactions;
  const reactions = changes.reduce<readonly Reaction[]>(
    (list, { emoji, add }) => (add ? addReaction(list, emoji, selfId) : removeReaction(list, emoji, selfId)),
    message.reactions,
  );
  shown.set(message, { changes, reactions });
  return reactions;
}

function addReaction(reactions: readonly Reaction[], emoji: string, userId: string): readonly Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (!known) return [...reactions, { emoji, userIds: [userId] }];
  if (known.userIds.includes(userId)) return reactions;
  return reactions.map((reaction) => (reaction === known ? { emoji, userIds: [...known.userIds, userId] } : reaction));
}

function removeReaction(reactions: readonly Reaction[], emoji: string, userId: string): readonly Reaction[] {
  return reactions
    .map((reaction) =>
      reaction.emoji === emoji ? { emoji, userIds: reaction.userIds.filter((id) => id !== userId) } : reaction,
    )
    .filter(({ userIds }) => userIds.length > 0);
}
