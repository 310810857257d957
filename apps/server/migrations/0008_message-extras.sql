-- Replies that quote, mentions, reactions, pins, and taking a deletion back. All of them stand in the message's own row, so
-- that each is one change of the conversation like an edit, and is caught up like one. Whatever a message does not have is
-- null, which costs no byte.
ALTER TABLE messages
  -- What this message answers, as it is now: a change of that message writes its excerpt here too. Same conversation.
  ADD COLUMN reply_seq bigint,
  ADD COLUMN reply_id uuid,
  ADD COLUMN reply_sender_id text,
  ADD COLUMN reply_excerpt text,
  ADD COLUMN mentions text[],
  -- kept, like deleted_content, until the deletion cannot be taken back any more
  ADD COLUMN deleted_mentions text[],
  -- [{"emoji": "👍", "userIds": ["ana"]}], in the order of first use and of time
  ADD COLUMN reactions jsonb,
  ADD COLUMN pinned_at timestamptz(3),
  ADD COLUMN pinned_by text,
  -- true after any change that came later than the message itself
  ADD COLUMN touched boolean;

UPDATE messages SET touched = true WHERE edited_at IS NOT NULL OR deleted_at IS NOT NULL;

-- Catch-up finds new messages by seq; only those changed later need an index by version.
DROP INDEX messages_changed;
CREATE INDEX messages_changed ON messages (conversation_id, version) WHERE touched;
CREATE INDEX messages_replies ON messages (conversation_id, reply_seq) WHERE reply_seq IS NOT NULL;
CREATE INDEX messages_pinned ON messages (conversation_id, pinned_at) WHERE pinned_at IS NOT NULL;

GRANT SELECT (reply_seq, reply_id, reply_sender_id, reply_excerpt, mentions, reactions, pinned_at, touched)
  ON messages TO parley_reader;

-- append_messages as in 0007 (see 0004 for the contract and the reasons), with two columns more in a batch, null where a
-- message has none of it: p_reply_seqs, what it answers, and p_mentions, user ids as a JSON array. An accepted message comes
-- back with its quote, and with those of its mentions who take part. Further outcome: reply_target_not_found.
-- For a message without a reply and without mentions neither look-up is run; remembering answers by their keys, as the
-- planner would, costs more than it saves.
DROP FUNCTION append_messages(uuid[], uuid[], text[], text[], text[], text[], boolean[], boolean[]);
CREATE FUNCTION append_messages(
  p_ids uuid[], p_conversation_ids uuid[], p_sender_ids text[], p_client_message_ids text[], p_kinds text[],
  p_contents text[], p_by_host boolean[], p_admins_only boolean[], p_reply_seqs bigint[], p_mentions text[]
) RETURNS TABLE (
  ord bigint, outcome text, id uuid, conversation_id uuid, seq bigint, version bigint, client_message_id text,
  sender_id text, kind text, content text, reply_seq bigint, reply_id uuid, reply_sender_id text, reply_excerpt text,
  mentions text[], reactions jsonb, pinned_at timestamptz, created_at timestamptz, edited_at timestamptz,
  deleted_at timestamptz, recipients text[], sender_was_behind boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = parley, pg_temp SET enable_memoize = off AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM conversations c WHERE c.id = ANY (p_conversation_ids) ORDER BY c.id FOR NO KEY UPDATE;

  RETURN QUERY
  WITH judged AS (
    SELECT
      i.ord, i.id, i.conversation_id, i.sender_id, i.client_message_id, i.kind, i.content, i.body_hash,
      i.reply_seq, q.id AS reply_id, q.sender_id AS reply_sender_id, q.excerpt AS reply_excerpt,
      CASE WHEN i.mentions IS NOT NULL THEN (
        SELECT array_agg(named.user_id ORDER BY named.n)
        FROM (
          SELECT each.user_id, min(each.n) AS n
          FROM jsonb_array_elements_text(i.mentions::jsonb) WITH ORDINALITY each (user_id, n) GROUP BY each.user_id
        ) named
        JOIN participants present ON present.conversation_id = i.conversation_id AND present.user_id = named.user_id
      ) END AS mentions,
      c.last_seq, c.version,
      p.read_seq < c.last_seq AS sender_was_behind,
      m.seq AS stored_seq,
      CASE
        WHEN c.id IS NULL THEN 'not_found'
        WHEN p.user_id IS NULL AND (i.sender_id IS NOT NULL OR NOT i.by_host) THEN 'not_found'
        WHEN m.body_hash = i.body_hash THEN 'repeated'
        WHEN m.seq IS NOT NULL THEN 'client_message_id_reused'
        WHEN i.reply_seq IS NOT NULL AND q.id IS NULL THEN 'reply_target_not_found'
        WHEN i.by_host THEN 'accepted'
        WHEN c.status = 'archived' THEN 'conversation_archived'
        WHEN c.status = 'locked' AND p.role <> 'admin' THEN 'conversation_locked'
        WHEN i.admins_only AND p.role = 'member' THEN 'writers_only'
        ELSE 'accepted'
      END AS outcome
    FROM (
      -- what a message answers and whom it mentions tells it from another one too; the hash of one without is as ever
      SELECT given.*,
        CASE WHEN given.mentions IS NULL THEN given.plain_hash
          ELSE hashtextextended(given.mentions, given.plain_hash) END AS body_hash
      FROM (
        SELECT *, hashtextextended(content, ascii(kind) + coalesce(reply_seq, 0) * 256) AS plain_hash
        FROM unnest(
          p_ids, p_conversation_ids, p_sender_ids, p_client_message_ids, p_kinds, p_contents, p_by_host, p_admins_only,
          p_reply_seqs, p_mentions
        ) WITH ORDINALITY
          AS one (id, conversation_id, sender_id, client_message_id, kind, content, by_host, admins_only, reply_seq,
            mentions, ord)
      ) given
    ) i
    LEFT JOIN conversations c ON c.id = i.conversation_id
    LEFT JOIN participants p ON p.conversation_id = i.conversation_id AND p.user_id = i.sender_id
    LEFT JOIN LATERAL (
      -- two plain look-ups in the unique index: "is not distinct from" could not use it
      SELECT same.seq, same.body_hash FROM messages same
      WHERE same.conversation_id = i.conversation_id AND same.sender_id = i.sender_id
        AND same.client_message_id = i.client_message_id
      UNION ALL
      SELECT same.seq, same.body_hash FROM messages same
      WHERE i.sender_id IS NULL AND same.conversation_id = i.conversation_id AND same.sender_id IS NULL
        AND same.client_message_id = i.client_message_id
    ) m ON true
    LEFT JOIN LATERAL (
      -- LIMIT keeps it a look-up a row, behind a condition that is asked once and before it
      SELECT quoted.id, quoted.sender_id, left(quoted.content, 200) AS excerpt FROM messages quoted
      WHERE i.reply_seq IS NOT NULL AND quoted.conversation_id = i.conversation_id AND quoted.seq = i.reply_seq
      LIMIT 1
    ) q ON true
  ),
  numbered AS MATERIALIZED (
    -- n, which is used of accepted messages only, counts these within their conversation
    SELECT j.*,
      row_number() OVER (PARTITION BY j.conversation_id, j.outcome = 'accepted' ORDER BY j.ord) AS n,
      date_trunc('milliseconds', clock_timestamp()) AS now
    FROM judged j
  ),
  accepted AS (SELECT * FROM numbered WHERE outcome = 'accepted'),
  inserted AS (
    INSERT INTO messages AS m (
      conversation_id, seq, id, version, sender_id, client_message_id, body_hash, kind, content, created_at,
      reply_seq, reply_id, reply_sender_id, reply_excerpt, mentions
    )
    SELECT conversation_id, last_seq + n, id, version + n, sender_id, client_message_id, body_hash, kind, content, now,
      reply_seq, reply_id, reply_sender_id, reply_excerpt, mentions
    FROM accepted
  ),
  bumped AS (
    UPDATE conversations c
    SET last_seq = c.last_seq + t.n, version = c.version + t.n, updated_at = t.now
    FROM (SELECT conversation_id, max(n) AS n, max(now) AS now FROM accepted GROUP BY conversation_id) t
    WHERE c.id = t.conversation_id
  ),
  positioned AS (
    -- who writes has read: own messages are never unread
    UPDATE participants p
    SET read_seq = t.seq, delivered_seq = t.seq
    FROM (
      SELECT conversation_id, sender_id, max(last_seq + n) AS seq FROM accepted
      WHERE sender_id IS NOT NULL GROUP BY conversation_id, sender_id
    ) t
    WHERE p.conversation_id = t.conversation_id AND p.user_id = t.sender_id
  )
  SELECT a.ord, a.outcome, a.id, NULL::uuid, a.last_seq + a.n, a.version + a.n, NULL::text, NULL::text, NULL::text,
    NULL::text, a.reply_seq, a.reply_id, a.reply_sender_id, a.reply_excerpt, a.mentions, NULL::jsonb, NULL::timestamptz,
    a.now, NULL::timestamptz, NULL::timestamptz,
    CASE WHEN a.n = 1 THEN
      ARRAY(SELECT p.user_id FROM participants p WHERE p.conversation_id = a.conversation_id)
    END,
    a.sender_was_behind
  FROM accepted a
  UNION ALL
  SELECT j.ord, j.outcome, coalesce(m.id, j.id), j.conversation_id, m.seq, m.version, j.client_message_id, j.sender_id, j.kind,
    CASE WHEN m.id IS NULL THEN j.content ELSE m.content END, m.reply_seq, m.reply_id, m.reply_sender_id, m.reply_excerpt,
    m.mentions, m.reactions, m.pinned_at, m.created_at, m.edited_at, m.deleted_at, NULL, NULL
  FROM numbered j
  LEFT JOIN messages m ON j.outcome = 'repeated' AND m.conversation_id = j.conversation_id AND m.seq = j.stored_seq
  WHERE j.outcome <> 'accepted';
END
$$;

REVOKE EXECUTE ON FUNCTION append_messages FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_messages TO parley_writer;
