-- Lists over everything that a person takes part in. The wall is the index condition itself: PostgreSQL walks the
-- index of conversations once along the sorted list of memberships, instead of looking up a thousand rows one by one
-- and asking a policy of each. Like my_memberships these views run with their owner's rights and show only what the
-- actor takes part in; for single conversations the tables with their policies are better.
CREATE VIEW my_conversations AS
  SELECT * FROM conversations WHERE id = ANY (ARRAY(SELECT conversation_id FROM my_memberships));

-- Everybody in the actor's conversations, the actor too.
CREATE VIEW my_participants AS
  SELECT * FROM participants WHERE conversation_id = ANY (ARRAY(SELECT conversation_id FROM my_memberships));

GRANT SELECT ON my_conversations, my_participants TO parley_reader;
