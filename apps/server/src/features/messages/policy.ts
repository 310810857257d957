import { type ConversationStatus, type ConversationTypePolicy, limits, type ParticipantRole } from "@parley/protocol";
import { AppError } from "../../platform/app-error.ts";

/**
 * Whether a participant may change something in a conversation of this status; `append_messages` asks the same.
 * @throws AppError `conversation_locked`, `conversation_archived`
 */
export function requireMayWrite({ status, role }: { status: ConversationStatus; role: ParticipantRole }): void {
  if (status === "archived") throw new AppError("conversation_archived");
  if (status === "locked" && role !== "admin") throw new AppError("conversation_locked");
}

/** @throws AppError `writers_only` where only admins and owners write, and this is neither */
export function requireWriter({ writers }: ConversationTypePolicy, role: ParticipantRole): void {
  if (writers === "admins" && role === "member") throw new AppError("writers_only");
}

/** @throws AppError `edit_window_closed` when the type's time for editing is over; times in milliseconds since the epoch */
export function requireEditWindow({ editWindowSeconds }: ConversationTypePolicy, createdAt: number, now: number): void {
  if (editWindowSeconds === null || now <= createdAt + editWindowSeconds * 1_000) return;
  throw new AppError("edit_window_closed");
}

/** @throws AppError `undo_window_closed` some time after the deletion; times in milliseconds since the epoch */
export function requireUndoWindow(deletedAt: number, now: number): void {
  if (now > deletedAt + limits.undoDeleteMs) throw new AppError("undo_window_closed");
}
