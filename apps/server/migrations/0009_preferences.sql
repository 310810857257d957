-- What a person sets for themselves: preferences of a conversation, and settings of all. Nobody else ever sees them.

ALTER TABLE users ADD COLUMN read_receipts boolean NOT NULL DEFAULT true;

ALTER TABLE participants
  ADD COLUMN pinned_at timestamptz(3),
  ADD COLUMN muted_until timestamptz(3),
  -- never beyond the last message of its time: archived is who has it equal to last_seq
  ADD COLUMN archived_seq bigint,
  ADD COLUMN marked_unread boolean NOT NULL DEFAULT false,
  ADD COLUMN preference_version bigint NOT NULL DEFAULT 0,
  -- Read without telling: as long as read_seq stands at quiet_to, others see it at quiet_from. Only reading writes these;
  -- an own message, or reading with receipts on again, moves read_seq past quiet_to, and everybody sees it.
  ADD COLUMN quiet_from bigint,
  ADD COLUMN quiet_to bigint,
  -- what others see
  ADD COLUMN shown_read_seq bigint NOT NULL
    GENERATED ALWAYS AS (CASE WHEN read_seq = quiet_to THEN quiet_from ELSE read_seq END) STORED;

-- Few ever set something. No column of it is changed by reading or writing, so those updates stay inside their page.
CREATE INDEX participants_with_preferences ON participants (user_id, preference_version) WHERE preference_version > 0;

-- Preferences end with taking part; their version goes on when the person comes back, so that a newer one is always higher.
ALTER TABLE former_participants ADD COLUMN preference_version bigint NOT NULL DEFAULT 0;

-- The second wall: of the table the reader's role sees what all participants may see. What is somebody's own comes through
-- views that know the actor.
REVOKE SELECT ON participants, former_participants FROM parley_reader;
GRANT SELECT (conversation_id, user_id, role, shown_read_seq, delivered_seq, joined_version, joined_at)
  ON participants TO parley_reader;
GRANT SELECT (conversation_id, user_id, left_at, left_by_choice) ON former_participants TO parley_reader;

-- The actor's own places, with everything.
CREATE VIEW my_places AS SELECT * FROM participants WHERE user_id = (SELECT actor());

-- Everybody in the actor's conversations, for lists: see 0006. The read position is the one that the actor may see.
DROP VIEW my_participants;
CREATE VIEW my_participants AS
  SELECT conversation_id, user_id, role, delivered_seq, joined_version,
    CASE WHEN user_id = (SELECT actor()) THEN read_seq ELSE shown_read_seq END AS read_seq
  FROM participants WHERE conversation_id = ANY (ARRAY(SELECT conversation_id FROM my_memberships));

-- Everybody in the actor's conversations, for single ones: the condition of the table's policy. What is somebody's own is
-- null for everybody else.
CREATE VIEW seen_participants AS
  SELECT conversation_id, user_id, role, shown_read_seq, delivered_seq, joined_version,
    CASE WHEN user_id = (SELECT actor()) THEN read_seq END AS read_seq,
    CASE WHEN user_id = (SELECT actor()) THEN pinned_at END AS pinned_at,
    CASE WHEN user_id = (SELECT actor()) THEN muted_until END AS muted_until,
    CASE WHEN user_id = (SELECT actor()) THEN archived_seq END AS archived_seq,
    CASE WHEN user_id = (SELECT actor()) THEN marked_unread END AS marked_unread,
    CASE WHEN user_id = (SELECT actor()) THEN preference_version END AS preference_version
  FROM participants
  WHERE user_id = (SELECT actor())
    OR EXISTS (SELECT FROM my_memberships mine WHERE mine.conversation_id = participants.conversation_id OFFSET 0);

GRANT SELECT ON my_places, my_participants, seen_participants TO parley_reader;
