-- A list over everything that a person takes part in looks up each conversation by its id and nothing else: a hash index
-- finds it without walking down a tree. It holds no column that a message changes, so those updates stay inside their page.
-- Half full, a bucket that grows is split before it needs a second page.
CREATE INDEX conversations_found ON conversations USING hash (id) WITH (fillfactor = 50);

-- As in 0006, but looked up one by one, each with what the actor's own place says of it. OFFSET 0 keeps it one look-up a
-- membership, whatever statistics say; for single conversations there is seen_conversations.
CREATE OR REPLACE VIEW my_conversations AS
  SELECT mine.conversation_id AS id, c.type, c.subject_type, c.subject_id, c.subject_title, c.subject_url,
    c.subject_state, c.title, c.status, c.status_by_host, c.unique_key, c.last_seq, c.version, c.created_at, c.updated_at,
    mine.user_id, mine.read_seq
  FROM participants mine
    CROSS JOIN LATERAL (SELECT * FROM conversations WHERE id = mine.conversation_id OFFSET 0) c
  WHERE mine.user_id = (SELECT actor());

-- Single conversations: one look-up of the membership each, where the table's policy reads all memberships.
CREATE VIEW seen_conversations AS
  SELECT id, type, subject_type, subject_id, subject_title, subject_url, subject_state, title, status, last_seq, version,
    created_at, updated_at
  FROM conversations
  WHERE EXISTS (SELECT FROM my_memberships mine WHERE mine.conversation_id = conversations.id OFFSET 0);
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
