import type { Conversation, Message, Participant, Preferences, Subject } from "@parley/protocol";
import { presentUser } from "../users/present-user.ts";
import { shownLine } from "../users/shown-line.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { presentMessage } from "./present-message.ts";
import { presentPreferences } from "./present-preferences.ts";

/** A conversation as one person sees it; `viewerId` is null for the host, to whom nothing is unread. */
export function presentConversation(row: ConversationRow, viewerId: string | null): Conversation {
  const own = row.participants?.find(({ id }) => id === viewerId)?.own;
  const participants = (row.participants ?? []).map((json) =>
    presentParticipant(json, viewerId, own?.seesReads ?? true),
  );
  const viewer = participants.find(({ user }) => user.id === viewerId);
  return {
    id: row.id,
    type: row.type,
    subject: presentSubject(row),
    title: shownLine(row.title),
    status: row.status,
    lastSeq: row.last_seq,
    version: row.version,
    lastMessage: presentLastMessage(row),
    participants,
    formerParticipants: (row.former_participants ?? []).map(presentUser),
    unread: viewer === undefined ? 0 : row.last_seq - viewer.readSeq,
    preferences: own ? presentPreferences(own.preferences) : untouched,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

type ParticipantJson = NonNullable<ConversationRow["participants"]>[number];

const untouched: Preferences = {
  pinnedAt: null,
  mutedUntil: null,
  archivedSeq: null,
  markedUnread: false,
  version: 0,
};

const presentParticipant = (json: ParticipantJson, viewerId: string | null, seesReads: boolean): Participant => ({
  user: presentUser(json),
  role: json.participantRole,
  readSeq: json.id === viewerId ? (json.own?.readSeq ?? json.readSeq) : seesReads ? json.readSeq : 0,
  deliveredSeq: json.deliveredSeq,
});

/** Those who are not told what others have read; of a row for all. */
export const blindIds = (row: ConversationRow): string[] =>
  (row.participants ?? []).filter(({ own }) => own?.seesReads === false).map(({ id }) => id);

function presentSubject(row: ConversationRow): Subject | null {
  if (row.subject_type === null || row.subject_id === null) return null;
  return {
    type: row.subject_type,
    id: row.subject_id,
    title: row.subject_title,
    url: row.subject_url,
    state: row.subject_state,
  };
}

/** Either all of the last message's columns are there, or none. */
function presentLastMessage(row: ConversationRow): Message | null {
  if (row.last_id === null) return null;
  const last = row as { [Key in keyof ConversationRow]: NonNullable<ConversationRow[Key]> } & ConversationRow;
  return presentMessage({
    id: last.last_id,
    conversation_id: last.last_conversation_id,
    seq: last.last_message_seq,
    version: last.last_version,
    client_message_id: last.last_client_message_id,
    sender_id: row.last_sender_id,
    kind: last.last_kind,
    content: row.last_content,
    reply_seq: row.last_reply_seq,
    reply_id: row.last_reply_id,
    reply_sender_id: row.last_reply_sender_id,
    reply_excerpt: row.last_reply_excerpt,
    mentions: row.last_mentions,
    reactions: row.last_reactions,
    pinned_at: row.last_pinned_at,
    created_at: last.last_created_at,
    edited_at: row.last_edited_at,
    deleted_at: row.last_deleted_at,
  });
}
