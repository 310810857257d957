-- The second wall. The reader's role sees only what the actor of its transaction takes part in, whatever the statement
-- asks for. Without an actor it sees nothing.
CREATE FUNCTION actor() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('parley.actor', true), '');

-- A policy may not select from its own table (PostgreSQL would recurse). This view runs with its owner's rights, which
-- no policy holds back, and shows only the actor's own memberships. The actor is read once a statement, not once a row.
CREATE VIEW my_memberships AS SELECT conversation_id FROM participants WHERE user_id = (SELECT actor());

ALTER TABLE conversations ENABLE ROW LEVEL SECURITY;
ALTER TABLE participants ENABLE ROW LEVEL SECURITY;
ALTER TABLE former_participants ENABLE ROW LEVEL SECURITY;
ALTER TABLE messages ENABLE ROW LEVEL SECURITY;

-- Lists read many conversations: one look at all memberships. The others read many rows of few conversations: OFFSET 0
-- keeps the planner from reading all memberships there, so each row is one look-up in an index. Own rows need none.
CREATE POLICY reader ON conversations FOR SELECT TO parley_reader
  USING (id IN (SELECT conversation_id FROM my_memberships));
CREATE POLICY reader ON participants FOR SELECT TO parley_reader
  USING (
    user_id = (SELECT actor())
    OR EXISTS (SELECT FROM my_memberships mine WHERE mine.conversation_id = participants.conversation_id OFFSET 0)
  );
CREATE POLICY reader ON former_participants FOR SELECT TO parley_reader
  USING (EXISTS (SELECT FROM my_memberships mine WHERE mine.conversation_id = former_participants.conversation_id OFFSET 0));
CREATE POLICY reader ON messages FOR SELECT TO parley_reader
  USING (EXISTS (SELECT FROM my_memberships mine WHERE mine.conversation_id = messages.conversation_id OFFSET 0));

CREATE POLICY writer ON conversations TO parley_writer USING (true) WITH CHECK (true);
CREATE POLICY writer ON participants TO parley_writer USING (true) WITH CHECK (true);
CREATE POLICY writer ON former_participants TO parley_writer USING (true) WITH CHECK (true);
CREATE POLICY writer ON messages TO parley_writer USING (true) WITH CHECK (true);

GRANT SELECT ON conversations, participants, former_participants, my_memberships TO parley_reader;
GRANT SELECT (id, name, picture, role, last_seen_at) ON users TO parley_reader;
GRANT SELECT (conversation_id, seq, id, version, sender_id, client_message_id, kind, content, created_at, edited_at, deleted_at)
  ON messages TO parley_reader;

GRANT SELECT, INSERT, UPDATE, DELETE ON users, conversations, participants, former_participants TO parley_writer;
-- messages come in by append_messages alone
GRANT SELECT, UPDATE ON messages TO parley_writer;
