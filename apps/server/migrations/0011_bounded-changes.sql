-- Quotes of a message with very many replies: a change of it rewrites the newest ones at once, the others step by step.
-- `seq` lets each step read only the replies of its own stretch, whatever number there is.
DROP INDEX messages_replies;
CREATE INDEX messages_replies ON messages (conversation_id, reply_seq, seq) WHERE reply_seq IS NOT NULL;

-- Messages whose replies below this seq may still quote what it said before. Written with the change itself, so that no crash
-- forgets it. Its rows change under the conversation's lock.
CREATE TABLE quotes_due (
  message_id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL,
  below_seq bigint NOT NULL
);
ALTER TABLE quotes_due ENABLE ROW LEVEL SECURITY;
CREATE POLICY writer ON quotes_due TO parley_writer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON quotes_due TO parley_writer;

-- The message's version at the moment of reading: who read it earlier does not write over who read it later.
ALTER TABLE message_words ADD COLUMN version bigint NOT NULL DEFAULT 0;

-- As in 0010, in another order: first the note, then the words. The indexer takes notes first, too; the other way round the
-- two could wait for each other.
CREATE OR REPLACE FUNCTION forget_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = parley, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO words_due VALUES (OLD.conversation_id, OLD.seq) ON CONFLICT DO NOTHING;
  END IF;
  DELETE FROM message_words
  WHERE conversation_id = OLD.conversation_id AND created_at = OLD.created_at AND seq = OLD.seq;
  RETURN NULL;
END
$$;

-- Whoever does not tell what they have read does not see it of others: they are shown at 0.
CREATE INDEX users_without_read_receipts ON users (id) WHERE NOT read_receipts;
CREATE VIEW my_settings AS SELECT read_receipts FROM users WHERE id = (SELECT actor());
CREATE OR REPLACE VIEW my_participants AS
  SELECT conversation_id, user_id, role, delivered_seq, joined_version,
    CASE WHEN user_id = (SELECT actor()) THEN read_seq
      WHEN (SELECT read_receipts FROM my_settings) THEN shown_read_seq ELSE 0 END AS read_seq
  FROM participants WHERE conversation_id = ANY (ARRAY(SELECT conversation_id FROM my_memberships));
CREATE OR REPLACE VIEW seen_participants AS
  SELECT conversation_id, user_id, role,
    CASE WHEN user_id = (SELECT actor()) OR (SELECT read_receipts FROM my_settings) THEN shown_read_seq ELSE 0 END
      AS shown_read_seq,
    delivered_seq, joined_version,
    CASE WHEN user_id = (SELECT actor()) THEN read_seq END AS read_seq,
    CASE WHEN user_id = (SELECT actor()) THEN pinned_at END AS pinned_at,
    CASE WHEN user_id = (SELECT actor()) THEN muted_until END AS muted_until,
    CASE WHEN user_id = (SELECT actor()) THEN archived_seq END AS archived_seq,
    CASE WHEN user_id = (SELECT actor()) THEN marked_unread END AS marked_unread,
    CASE WHEN user_id = (SELECT actor()) THEN preference_version END AS preference_version
  FROM participants
  WHERE user_id = (SELECT actor())
    OR EXISTS (SELECT FROM my_memberships mine WHERE mine.conversation_id = participants.conversation_id OFFSET 0);
-- Of the table itself the reader's role sees no read position any more, only through these views.
REVOKE SELECT (shown_read_seq) ON participants FROM parley_reader;
