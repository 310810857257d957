CREATE TABLE users (
  -- the host's own id
  id text PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 128),
  name text,
  picture text,
  email text,
  locale text,
  role text,
  last_seen_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- Every lasting change of a conversation first locks its row, takes the next version there, and commits: version and
-- seq are given in the order of the commits, without holes. No index holds a column that a message changes, and pages
-- keep room, so that these updates stay inside their page (HOT).
CREATE TABLE conversations (
  id uuid PRIMARY KEY,
  type text NOT NULL,
  subject_type text,
  subject_id text,
  subject_title text,
  subject_url text,
  subject_state text,
  title text,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived', 'locked')),
  -- what the host has locked or archived, only the host opens again
  status_by_host boolean NOT NULL DEFAULT false,
  -- subject or pair of people for which there is only one conversation
  unique_key text UNIQUE,
  last_seq bigint NOT NULL DEFAULT 0,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
) WITH (fillfactor = 60);

CREATE INDEX conversations_by_subject ON conversations (subject_type, subject_id) WHERE subject_id IS NOT NULL;

-- Who takes part now: whoever has no row here has no access.
CREATE TABLE participants (
  conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
  user_id text NOT NULL REFERENCES users,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
  read_seq bigint NOT NULL DEFAULT 0,
  delivered_seq bigint NOT NULL DEFAULT 0,
  -- the conversation's version when they joined: the order of joining
  joined_version bigint NOT NULL,
  joined_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (conversation_id, user_id),
  CHECK (read_seq <= delivered_seq)
) WITH (fillfactor = 60);

CREATE INDEX participants_of_user ON participants (user_id, conversation_id);

-- Who took part once: messages keep the name of their sender. Gives no access.
CREATE TABLE former_participants (
  conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
  user_id text NOT NULL REFERENCES users,
  left_at timestamptz(3) NOT NULL DEFAULT now(),
  -- false: somebody else removed them, so they do not come back by themselves
  left_by_choice boolean NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
);

-- Written by append_messages alone, which holds the lock on the conversation: no foreign keys, they would cost two
-- look-ups a message.
CREATE TABLE messages (
  conversation_id uuid NOT NULL,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  -- the conversation's version at this message's last change
  version bigint NOT NULL,
  -- null: the host itself
  sender_id text,
  client_message_id text NOT NULL,
  -- of the body as it was first sent: tells a repeat from another message under the same id, also after an edit
  body_hash bigint NOT NULL,
  kind text NOT NULL,
  content text,
  -- kept for audit; the reader's role cannot select it
  deleted_content text,
  created_at timestamptz(3) NOT NULL,
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  PRIMARY KEY (conversation_id, seq),
  CHECK ((content IS NULL) = (deleted_at IS NOT NULL))
);

CREATE UNIQUE INDEX messages_by_id ON messages (id);
CREATE UNIQUE INDEX messages_by_client_id ON messages (conversation_id, sender_id, client_message_id) NULLS NOT DISTINCT;
-- Catch-up finds new messages by seq; only those changed later need an index by version.
CREATE INDEX messages_changed ON messages (conversation_id, version) WHERE edited_at IS NOT NULL OR deleted_at IS NOT NULL;
