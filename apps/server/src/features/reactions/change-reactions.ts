import { limits, type Reaction } from "@parley/protocol";
import { AppError } from "../../platform/app-error.ts";

/**
 * The reactions with this person's one: a new emoji stands last, a new person behind the others. The same list when it is
 * there already.
 * @throws AppError `too_many_reactions`, `too_many_own_reactions`
 */
export function withReaction(reactions: readonly Reaction[], emoji: string, userId: string): readonly Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (known?.userIds.includes(userId)) return reactions;
  requireRoomOfOwn(reactions, userId);
  const people = reactions.reduce((sum, { userIds }) => sum + userIds.length, 0);
  if (people >= limits.peopleReacting) throw new AppError("too_many_reactions");
  if (known === undefined) {
    if (reactions.length >= limits.reactionsPerMessage) throw new AppError("too_many_reactions");
    return [...reactions, { emoji, userIds: [userId] }];
  }
  return reactions.map((reaction) => (reaction === known ? { emoji, userIds: [...known.userIds, userId] } : reaction));
}

/** The reactions without this person's one; an emoji that nobody uses any more is gone. The same list when it is not there. */
export function withoutReaction(reactions: readonly Reaction[], emoji: string, userId: string): readonly Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (!known?.userIds.includes(userId)) return reactions;
  const userIds = known.userIds.filter((id) => id !== userId);
  if (userIds.length === 0) return reactions.filter((reaction) => reaction !== known);
  return reactions.map((reaction) => (reaction === known ? { emoji, userIds } : reaction));
}

/** All emoji of a message are everybody's: one person must not fill them. */
function requireRoomOfOwn(reactions: readonly Reaction[], userId: string): void {
  const own = reactions.filter(({ userIds }) => userIds.includes(userId)).length;
  if (own < limits.reactionsPerPerson) return;
  throw new AppError("too_many_own_reactions", { detail: `At most ${limits.reactionsPerPerson} of one person.` });
}
