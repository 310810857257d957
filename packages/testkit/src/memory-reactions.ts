import { limits, type Reaction } from "@parley/protocol";
import { Refusal } from "./refusal.ts";

/** The reactions after this person's change; the same array when it changes nothing. Throws `too_many_reactions`, `too_many_own_reactions`. */
export function withReaction(reactions: Reaction[], userId: string, emoji: string, add: boolean): Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if ((known?.userIds.includes(userId) ?? false) === add) return reactions;
  if (!add) {
    return reactions
      .map((reaction) =>
        reaction === known ? { emoji, userIds: reaction.userIds.filter((id) => id !== userId) } : reaction,
      )
      .filter(({ userIds }) => userIds.length > 0);
  }
  const own = reactions.filter(({ userIds }) => userIds.includes(userId)).length;
  if (own >= limits.reactionsPerPerson) throw new Refusal("too_many_own_reactions");
  const people = reactions.reduce((sum, { userIds }) => sum + userIds.length, 0);
  if (people >= limits.peopleReacting) throw new Refusal("too_many_reactions");
  if (!known) {
    if (reactions.length >= limits.reactionsPerMessage) throw new Refusal("too_many_reactions");
    return [...reactions, { emoji, userIds: [userId] }];
  }
  return reactions.map((reaction) =>
    reaction === known ? { emoji, userIds: [...reaction.userIds, userId] } : reaction,
  );
}
