-- Search. The server cuts texts into folded words (no capitals, no accents, ß as ss; see fold-words.ts) and hands them over as
-- one string with spaces. Here each word stands as it is, for beginnings of words, and as its German and its English stem.
-- Words that say nothing in either language are left out.
CREATE TEXT SEARCH DICTIONARY german_stops (TEMPLATE = pg_catalog.simple, STOPWORDS = german, ACCEPT = false);
CREATE TEXT SEARCH DICTIONARY english_stops (TEMPLATE = pg_catalog.simple, STOPWORDS = english, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION plain_words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION plain_words
  ALTER MAPPING FOR asciiword, word WITH german_stops, english_stops, pg_catalog.simple;
CREATE TEXT SEARCH CONFIGURATION german_words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION german_words
  ALTER MAPPING FOR asciiword, word WITH english_stops, pg_catalog.german_stem;
CREATE TEXT SEARCH CONFIGURATION english_words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION english_words
  ALTER MAPPING FOR asciiword, word WITH german_stops, pg_catalog.english_stem;

CREATE FUNCTION word_forms(p_words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN strip(
    to_tsvector('parley.plain_words'::regconfig, p_words)
    || to_tsvector('parley.german_words'::regconfig, p_words)
    || to_tsvector('parley.english_words'::regconfig, p_words));

-- Folded words, all of which must be there, each whole, inflected, or as the beginning of a word. Words that say nothing are
-- left out, unless nothing else was asked for: then the last one is taken as the beginning of another. With a sender: only
-- of that one.
CREATE FUNCTION words_query(p_words text[], p_sender_id text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  word text;
  stem text;
  forms tsquery;
  wanted tsquery;
BEGIN
  FOREACH word IN ARRAY p_words LOOP
    CONTINUE WHEN ts_lexize('pg_catalog.german_stem', word) = '{}' OR ts_lexize('pg_catalog.english_stem', word) = '{}';
    forms := (quote_literal(word) || ':*')::tsquery;
    -- the beginning finds the stems that begin so: each form that is asked for costs a walk of its own
    FOR stem IN
      SELECT DISTINCT unnest(ts_lexize('pg_catalog.german_stem', word) || ts_lexize('pg_catalog.english_stem', word))
    LOOP
      IF NOT starts_with(stem, word) THEN
        forms := forms || quote_literal(stem)::tsquery;
      END IF;
    END LOOP;
    wanted := coalesce(wanted && forms, forms);
  END LOOP;
  wanted := coalesce(wanted, (quote_literal(p_words[cardinality(p_words)]) || ':*')::tsquery);
  IF p_sender_id IS NULL THEN
    RETURN wanted;
  END IF;
  RETURN wanted && ('''@' || replace(replace(p_sender_id, '\', '\\'), '''', '''''') || '''')::tsquery;
END
$$;

-- Filled behind the messages, see docs/decisions/search.md: sending a message does not write here. The time stands in front
-- of seq so that all conversations can be walked from any moment backwards.
CREATE TABLE message_words (
  conversation_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  seq bigint NOT NULL,
  -- the message's at the moment of reading: another one there means that these words are of yesterday
  edited_at timestamptz(3),
  -- with the sender as "@id", which no word is: a rare sender makes a frequent word rare
  words tsvector NOT NULL,
  PRIMARY KEY (conversation_id, created_at, seq)
);
-- What waits to be merged into the index is looked through by every search: keep it short.
CREATE INDEX message_words_found ON message_words USING gin (words) WITH (gin_pending_list_limit = 512);

-- Messages whose text changed, to be read again.
CREATE TABLE words_due (
  conversation_id uuid NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);

-- Up to which message (ids are in the order of time) every one was looked at.
CREATE TABLE words_swept (until uuid NOT NULL);
INSERT INTO words_swept VALUES ('00000000-0000-0000-0000-000000000000');

-- What was deleted or changed cannot be found from that commit on, whatever becomes of the server.
CREATE FUNCTION forget_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = parley, pg_temp AS $$
BEGIN
  DELETE FROM message_words
  WHERE conversation_id = OLD.conversation_id AND created_at = OLD.created_at AND seq = OLD.seq;
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO words_due VALUES (OLD.conversation_id, OLD.seq) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER forget_words_of_changed AFTER UPDATE OF content ON messages
  FOR EACH ROW WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION forget_words();
CREATE TRIGGER forget_words_of_purged AFTER DELETE ON messages FOR EACH ROW EXECUTE FUNCTION forget_words();

CREATE TYPE word_place AS (conversation_id uuid, created_at timestamptz, seq bigint, edited_at timestamptz);

-- Where the wanted words stand in the actor's conversations, newest first: the places before (p_before_at, p_before_id,
-- p_before_seq), from p_from on, at most p_limit. With p_conversation_id only there. Like my_memberships it runs with its
-- owner's rights and its own condition is the wall: "@@" is not leakproof, so no policy would let it use an index.
--
-- Two ways over all conversations, and which one is good depends on the words. Frequent ones: walk the newest messages of the conversations that
-- were alive last, and stop when the page is full. Rare ones: ask the index of words. Each statement is planned for the
-- values at hand, since a plan for any words cannot be good for both.
CREATE FUNCTION find_words(
  p_wanted tsquery, p_conversation_id uuid, p_from timestamptz, p_before_at timestamptz, p_before_id uuid,
  p_before_seq bigint, p_limit int
) RETURNS SETOF word_place LANGUAGE plpgsql SECURITY DEFINER
SET search_path = parley, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  conversations CONSTANT int := 40;
  messages_each CONSTANT int := 50;
  mine uuid[];
  expected json;
  -- of all messages, as far as the statistics know
  share float;
  walked word_place[];
  -- nothing newer than this was left out
  walked_until timestamptz;
  found_so_far int := 0;
BEGIN
  mine := ARRAY(SELECT m.conversation_id FROM my_memberships m
    WHERE p_conversation_id IS NULL OR m.conversation_id = p_conversation_id);
  IF p_conversation_id IS NOT NULL THEN
    -- One walk backwards that stops by itself, or the index of words: PostgreSQL knows which is shorter.
    RETURN QUERY
      SELECT w.conversation_id, w.created_at, w.seq, w.edited_at FROM message_words w
      WHERE w.words @@ p_wanted AND w.conversation_id = p_conversation_id AND p_conversation_id = ANY (mine)
        AND w.created_at BETWEEN p_from AND p_before_at
        AND (w.created_at, w.conversation_id, w.seq) < (p_before_at, p_before_id, p_before_seq)
      ORDER BY w.created_at DESC, w.seq DESC LIMIT p_limit;
    RETURN;
  END IF;
  EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM message_words WHERE words @@ %L::tsquery', p_wanted) INTO expected;
  share := (expected -> 0 -> 'Plan' ->> 'Plan Rows')::float
    / (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'parley.message_words'::regclass);
  -- A walk should bring a page with something to spare.
  IF share * conversations * messages_each >= 2 * p_limit THEN
    WITH heads AS MATERIALIZED (
      SELECT c.id, head.created_at
      FROM unnest(mine) c (id), LATERAL (
        SELECT w.created_at FROM message_words w
        WHERE w.conversation_id = c.id AND w.created_at >= p_from AND w.created_at <= p_before_at
        ORDER BY w.created_at DESC, w.seq DESC LIMIT 1
      ) head
      ORDER BY head.created_at DESC LIMIT conversations + 1
    ),
    walked_rows AS MATERIALIZED (
      SELECT w.*, w.words @@ p_wanted AS matches,
        row_number() OVER (PARTITION BY w.conversation_id ORDER BY w.created_at, w.seq) AS n,
        count(*) OVER (PARTITION BY w.conversation_id) AS looked_at
      FROM (SELECT id FROM heads ORDER BY created_at DESC LIMIT conversations) c, LATERAL (
        SELECT * FROM message_words w
        WHERE w.conversation_id = c.id AND w.created_at >= p_from AND w.created_at <= p_before_at
        ORDER BY w.created_at DESC, w.seq DESC LIMIT messages_each
      ) w
    )
    SELECT greatest(
        (SELECT created_at FROM heads ORDER BY created_at DESC OFFSET conversations),
        (SELECT max(created_at) FROM walked_rows WHERE n = 1 AND looked_at = messages_each)),
      (SELECT array_agg((conversation_id, created_at, seq, edited_at)::word_place) FROM walked_rows WHERE matches)
    INTO walked_until, walked;
    RETURN QUERY
      SELECT w.* FROM unnest(walked) w
      WHERE (walked_until IS NULL OR w.created_at > walked_until)
        AND (w.created_at, w.conversation_id, w.seq) < (p_before_at, p_before_id, p_before_seq)
      ORDER BY w.created_at DESC, w.conversation_id DESC, w.seq DESC LIMIT p_limit;
    GET DIAGNOSTICS found_so_far = ROW_COUNT;
    IF found_so_far = p_limit OR walked_until IS NULL THEN
      RETURN;
    END IF;
  END IF;
  RETURN QUERY
    SELECT w.conversation_id, w.created_at, w.seq, w.edited_at FROM message_words w
    WHERE w.words @@ p_wanted AND w.conversation_id = ANY (mine)
      AND w.created_at BETWEEN p_from AND least(p_before_at, walked_until)
      AND (w.created_at, w.conversation_id, w.seq) < (p_before_at, p_before_id, p_before_seq)
    ORDER BY w.created_at DESC, w.conversation_id DESC, w.seq DESC LIMIT p_limit - found_so_far;
END
$$;
REVOKE EXECUTE ON FUNCTION find_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_words TO parley_reader;

ALTER TABLE message_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE words_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE words_swept ENABLE ROW LEVEL SECURITY;
CREATE POLICY writer ON message_words TO parley_writer USING (true) WITH CHECK (true);
CREATE POLICY writer ON words_due TO parley_writer USING (true) WITH CHECK (true);
CREATE POLICY writer ON words_swept TO parley_writer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON message_words, words_due TO parley_writer;
GRANT SELECT, UPDATE ON words_swept TO parley_writer;
