-- Single conversations, also those of one page: one look-up of the actor's membership each, where the table's policy reads
-- all memberships. OFFSET 0 keeps it that look-up, whatever statistics say; lists of everything read my_conversations.
CREATE VIEW seen_conversations AS
  SELECT c.id, c.type, c.subject_type, c.subject_id, c.subject_title, c.subject_url, c.subject_state, c.title, c.status,
    c.last_seq, c.version, c.created_at, c.updated_at, mine.user_id
  FROM conversations c CROSS JOIN LATERAL (
    SELECT user_id FROM participants WHERE conversation_id = c.id AND user_id = (SELECT actor()) OFFSET 0
  ) mine;
GRANT SELECT ON seen_conversations TO parley_reader;

-- As in 0011, but the membership is looked up once for a conversation, not once for each who takes part in it.
CREATE OR REPLACE VIEW seen_participants AS
  SELECT p.conversation_id, p.user_id, p.role,
    CASE WHEN p.user_id = (SELECT actor()) OR (SELECT read_receipts FROM my_settings) THEN p.shown_read_seq ELSE 0 END
      AS shown_read_seq,
    p.delivered_seq, p.joined_version,
    CASE WHEN p.user_id = (SELECT actor()) THEN p.read_seq END AS read_seq,
    CASE WHEN p.user_id = (SELECT actor()) THEN p.pinned_at END AS pinned_at,
    CASE WHEN p.user_id = (SELECT actor()) THEN p.muted_until END AS muted_until,
    CASE WHEN p.user_id = (SELECT actor()) THEN p.archived_seq END AS archived_seq,
    CASE WHEN p.user_id = (SELECT actor()) THEN p.marked_unread END AS marked_unread,
    CASE WHEN p.user_id = (SELECT actor()) THEN p.preference_version END AS preference_version
  FROM my_memberships mine JOIN participants p ON p.conversation_id = mine.conversation_id;
