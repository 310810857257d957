import type { Conversation } from "@parley/protocol";
import { partnerOf } from "./people.ts";

/** Whether somebody may leave: not one of two, and never the last owner while others stay. The server decides. */
export function mayLeave(conversation: Conversation, selfId: string | undefined): boolean {
  if (partnerOf(conversation, selfId) !== undefined) return false;
  const owners = conversation.participants.filter(({ role }) => role === "owner");
  const isLastOwner = owners.length === 1 && owners[0]?.user.id === selfId;
  return !isLastOwner || conversation.participants.length === 1;
}
