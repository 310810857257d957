import type { Participant, Receipt } from "@parley/protocol";
import { putConversation } from "./put-conversation.ts";
import type { ChatState } from "./state.ts";

/** Positions only grow: a late receipt changes nothing, and neither does one of a reading that the user does not see. */
export function reduceReceipt(state: ChatState, receipt: Receipt): ChatState {
  const conversation = state.conversations.get(receipt.conversationId);
  if (!conversation) return state;
  const isHidden = state.settings?.readReceipts === false && receipt.userId !== state.self?.id;
  const participants = movePositions(conversation.participants, isHidden ? { ...receipt, readSeq: 0 } : receipt);
  return participants === conversation.participants ? state : putConversation(state, { ...conversation, participants });
}

/** The same array when nobody moved. */
export function movePositions(participants: Participant[], to: Omit<Receipt, "conversationId">): Participant[] {
  const index = participants.findIndex((participant) => participant.user.id === to.userId);
  const before = participants[index];
  if (!before) return participants;
  const moved = ahead(before, to);
  return moved === before ? participants : participants.with(index, moved);
}

/** `next`, with no position behind where `known` has it. */
export function keepPositions(next: Participant[], known: Participant[]): Participant[] {
  const byUser = new Map(known.map((participant) => [participant.user.id, participant]));
  return next.map((participant) => {
    const before = byUser.get(participant.user.id);
    return before ? ahead(participant, before) : participant;
  });
}

function ahead(participant: Participant, to: { readSeq: number; deliveredSeq: number }): Participant {
  const readSeq = Math.max(participant.readSeq, to.readSeq);
  const deliveredSeq = Math.max(participant.deliveredSeq, to.deliveredSeq);
  if (readSeq === participant.readSeq && deliveredSeq === participant.deliveredSeq) return participant;
  return { ...participant, readSeq, deliveredSeq };
}
