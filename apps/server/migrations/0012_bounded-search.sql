-- A search costs a bounded amount, whatever is asked: see docs/decisions/search.md. A rare word is looked up in the index of
-- words. Where every word is frequent, the actor's own messages are looked through, newest first, so many at a time; when
-- that ends before the page is full, it is said how far it came, and the next page goes on there.

-- The word as the beginning of others. One letter begins too many: it stands for itself.
CREATE FUNCTION beginning_of(p_word text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (quote_literal(p_word) || CASE WHEN char_length(p_word) > 1 THEN ':*' ELSE '' END)::tsquery;

-- The forms of one folded word: whole, inflected, or as a beginning. null: it says nothing.
CREATE FUNCTION forms_of(p_word text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = parley, pg_temp AS $$
DECLARE
  german text[] := ts_lexize('pg_catalog.german_stem', p_word);
  english text[] := ts_lexize('pg_catalog.english_stem', p_word);
  forms tsquery := beginning_of(p_word);
  stem text;
BEGIN
  IF german = '{}' OR english = '{}' THEN
    RETURN NULL;
  END IF;
  -- the beginning finds the stems that begin so: each form that is asked for costs a walk of its own
  FOR stem IN SELECT DISTINCT unnest(german || english) LOOP
    IF char_length(p_word) = 1 OR NOT starts_with(stem, p_word) THEN
      forms := forms || quote_literal(stem)::tsquery;
    END IF;
  END LOOP;
  RETURN forms;
END
$$;

-- What all must be there: the forms of each word, and "@id" of the sender if one is given. Words that say nothing are left
-- out, unless nothing else was asked for: then the last one is taken as the beginning of another.
CREATE FUNCTION wanted_words(p_words text[], p_sender_id text) RETURNS tsquery[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = parley, pg_temp AS $$
DECLARE
  wanted tsquery[] := ARRAY(
    SELECT each.forms FROM (SELECT forms_of(word) AS forms FROM unnest(p_words) word) each WHERE each.forms IS NOT NULL);
BEGIN
  IF wanted = '{}' THEN
    wanted := ARRAY[beginning_of(p_words[cardinality(p_words)])];
  END IF;
  IF p_sender_id IS NOT NULL THEN
    wanted := wanted || ('''@' || replace(replace(p_sender_id, '\', '\\'), '''', '''''') || '''')::tsquery;
  END IF;
  RETURN wanted;
END
$$;

-- In how many messages one of them stands, as far as the statistics know.
CREATE FUNCTION expected_places(p_wanted tsquery) RETURNS float LANGUAGE plpgsql SET search_path = parley, pg_temp AS $$
DECLARE
  expected json;
BEGIN
  EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM message_words WHERE words @@ %L::tsquery', p_wanted) INTO expected;
  RETURN expected -> 0 -> 'Plan' ->> 'Plan Rows';
END
$$;

-- A hit; or, as the last one, how far a walk came: everything from there on was looked at.
CREATE TYPE found_place AS (
  conversation_id uuid, created_at timestamptz, seq bigint, edited_at timestamptz, is_hit boolean
);

-- Looks through the messages of these conversations, newest first over all of them, until the page is full or about p_rows
-- were looked at. No message is looked at twice: the conversations that were alive last are opened first, and what was opened
-- is read on only where it keeps the page from being complete.
CREATE FUNCTION walk_words(
  p_wanted tsquery, p_conversation_ids uuid[], p_from timestamptz, p_before_at timestamptz, p_before_id uuid,
  p_before_seq bigint, p_limit int, p_rows int
) RETURNS SETOF found_place LANGUAGE plpgsql
SET search_path = parley, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  -- messages of a conversation that is opened
  share CONSTANT int := 50;
  longest_round CONSTANT int := 4000;
  round_rows int := 500;
  -- Bounds: in this conversation everything from here on was looked at, what is older was not. Of each one the first,
  -- newest first …
  heads word_place[];
  opened int := 0;
  -- … and of those that were opened and have more.
  cuts word_place[] := '{}';
  closed word_place;
  -- everything from here on was looked at in all of them; null: simply everything
  stop word_place;
  reads word_place[];
  take int;
  looked_at int := 0;
  read_now int;
  cuts_now word_place[];
  hits_now word_place[];
  hits word_place[] := '{}';
  found int;
BEGIN
  heads := ARRAY(
    SELECT (c.id, head.created_at, head.seq + 1, NULL)::word_place
    FROM unnest(p_conversation_ids) c (id), LATERAL (
      SELECT w.created_at, w.seq FROM message_words w
      WHERE w.conversation_id = c.id AND w.created_at >= p_from AND w.created_at <= p_before_at
        AND (w.created_at, w.conversation_id, w.seq) < (p_before_at, p_before_id, p_before_seq)
      ORDER BY w.created_at DESC, w.seq DESC LIMIT 1
    ) head
    ORDER BY head.created_at DESC, c.id DESC);
  WHILE opened < cardinality(heads) OR cuts <> '{}' LOOP
    closed := heads[opened + 1];
    reads := ARRAY(
      SELECT c FROM unnest(cuts) c
      WHERE closed.seq IS NULL
        OR (c.created_at, c.conversation_id, c.seq) > (closed.created_at, closed.conversation_id, closed.seq));
    IF reads = '{}' THEN
      reads := heads[opened + 1 : opened + greatest(1, round_rows / share)];
      opened := opened + cardinality(reads);
      take := share;
    ELSE
      cuts := ARRAY(SELECT c FROM unnest(cuts) c WHERE c <> ALL (reads));
      take := greatest(share, round_rows / cardinality(reads));
    END IF;
    SELECT count(*),
      coalesce(array_agg((w.conversation_id, w.created_at, w.seq, w.edited_at)::word_place)
        FILTER (WHERE w.matches), '{}'),
      coalesce(array_agg((w.conversation_id, w.created_at, w.seq, NULL)::word_place) FILTER (WHERE w.n = take), '{}')
    INTO read_now, hits_now, cuts_now
    FROM unnest(reads) o, LATERAL (
      SELECT m.*, row_number() OVER (ORDER BY m.created_at DESC, m.seq DESC) AS n
      FROM (
        SELECT conversation_id, created_at, seq, edited_at, words @@ p_wanted AS matches FROM message_words
        WHERE conversation_id = o.conversation_id AND created_at >= p_from AND created_at <= o.created_at
          AND (created_at, seq) < (o.created_at, o.seq)
        ORDER BY created_at DESC, seq DESC LIMIT take
      ) m
    ) w;
    hits := hits || hits_now;
    cuts := cuts || cuts_now;
    looked_at := looked_at + read_now + cardinality(reads);
    round_rows := least(round_rows * 4, longest_round);
    SELECT b.conversation_id, b.created_at, b.seq, NULL::timestamptz INTO stop
    FROM unnest(cuts || heads[opened + 1 : opened + 1]) b
    ORDER BY b.created_at DESC, b.conversation_id DESC, b.seq DESC LIMIT 1;
    found := count(*) FROM unnest(hits) h
      WHERE stop.seq IS NULL
        OR (h.created_at, h.conversation_id, h.seq) >= (stop.created_at, stop.conversation_id, stop.seq);
    EXIT WHEN found >= p_limit OR looked_at >= p_rows;
  END LOOP;
  RETURN QUERY
    SELECT h.*, true FROM unnest(hits) h
    WHERE stop.seq IS NULL
      OR (h.created_at, h.conversation_id, h.seq) >= (stop.created_at, stop.conversation_id, stop.seq)
    ORDER BY h.created_at DESC, h.conversation_id DESC, h.seq DESC LIMIT p_limit;
  IF found < p_limit AND stop.seq IS NOT NULL THEN
    RETURN QUERY SELECT stop.*, false;
  END IF;
END
$$;

-- Where the wanted words stand in the actor's conversations, newest first: the places before (p_before_at, p_before_id,
-- p_before_seq), from p_from on, at most p_limit. With p_conversation_id only there. Like my_memberships it runs with its
-- owner's rights and its own condition is the wall: "@@" is not leakproof, so no policy would let it use an index.
--
-- Words in at most p_rare messages (or one in a hundred) are asked of the index, in a statement planned for the values at
-- hand; the others are looked for in what it finds, since it would read their long lists to the end. Without such a word at
-- most about p_rows of the actor's messages are looked through.
DROP FUNCTION find_words(tsquery, uuid, timestamptz, timestamptz, uuid, bigint, int);
DROP FUNCTION words_query(text[], text);
CREATE FUNCTION find_words(
  p_words text[], p_sender_id text, p_conversation_id uuid, p_from timestamptz, p_before_at timestamptz,
  p_before_id uuid, p_before_seq bigint, p_limit int, p_rare int, p_rows int
) RETURNS SETOF found_place LANGUAGE plpgsql SECURITY DEFINER
SET search_path = parley, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  mine CONSTANT uuid[] := ARRAY(SELECT m.conversation_id FROM my_memberships m
    WHERE p_conversation_id IS NULL OR m.conversation_id = p_conversation_id);
  rare_up_to CONSTANT float := greatest(p_rare, (
    SELECT c.reltuples / 100 FROM pg_class c WHERE c.oid = 'message_words'::regclass));
  one tsquery;
  wanted tsquery;
  rare tsquery;
  found int;
BEGIN
  FOREACH one IN ARRAY wanted_words(p_words, p_sender_id) LOOP
    wanted := coalesce(wanted && one, one);
    IF expected_places(one) <= rare_up_to THEN
      rare := coalesce(rare && one, one);
    END IF;
  END LOOP;
  IF rare IS NOT NULL THEN
    RETURN QUERY
      SELECT w.conversation_id, w.created_at, w.seq, w.edited_at, true FROM message_words w
      WHERE w.words @@ rare AND ts_match_vq(w.words, wanted)
        AND w.conversation_id = ANY (mine) AND w.created_at BETWEEN p_from AND p_before_at
        AND (w.created_at, w.conversation_id, w.seq) < (p_before_at, p_before_id, p_before_seq)
      ORDER BY w.created_at DESC, w.conversation_id DESC, w.seq DESC LIMIT p_limit;
  ELSE
    RETURN QUERY SELECT * FROM walk_words(
      wanted, mine, p_from, p_before_at, p_before_id, p_before_seq, p_limit, p_rows);
  END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION walk_words, expected_places, find_words FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_words TO parley_reader;
