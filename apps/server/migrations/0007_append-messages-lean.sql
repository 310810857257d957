-- append_messages as before, but an accepted message comes back without what the caller knows: of its columns only id, seq,
-- version and created_at. See 0004 for the contract and the reasons.
CREATE OR REPLACE FUNCTION append_messages(
  p_ids uuid[], p_conversation_ids uuid[], p_sender_ids text[], p_client_message_ids text[], p_kinds text[],
  p_contents text[], p_by_host boolean[], p_admins_only boolean[]
) RETURNS TABLE (
  ord bigint, outcome text, id uuid, conversation_id uuid, seq bigint, version bigint, client_message_id text,
  sender_id text, kind text, content text, created_at timestamptz, edited_at timestamptz, deleted_at timestamptz,
  recipients text[], sender_was_behind boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = parley, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM conversations c WHERE c.id = ANY (p_conversation_ids) ORDER BY c.id FOR NO KEY UPDATE;

  RETURN QUERY
  WITH judged AS (
    SELECT
      i.ord, i.id, i.conversation_id, i.sender_id, i.client_message_id, i.kind, i.content,
      hashtextextended(i.content, ascii(i.kind)) AS body_hash,
      c.last_seq, c.version,
      p.read_seq < c.last_seq AS sender_was_behind,
      m.seq AS stored_seq,
      CASE
        WHEN c.id IS NULL THEN 'not_found'
        WHEN p.user_id IS NULL AND (i.sender_id IS NOT NULL OR NOT i.by_host) THEN 'not_found'
        WHEN m.body_hash = hashtextextended(i.content, ascii(i.kind)) THEN 'repeated'
        WHEN m.seq IS NOT NULL THEN 'client_message_id_reused'
        WHEN i.by_host THEN 'accepted'
        WHEN c.status = 'archived' THEN 'conversation_archived'
        WHEN c.status = 'locked' AND p.role <> 'admin' THEN 'conversation_locked'
        WHEN i.admins_only AND p.role = 'member' THEN 'writers_only'
        ELSE 'accepted'
      END AS outcome
    FROM unnest(
      p_ids, p_conversation_ids, p_sender_ids, p_client_message_ids, p_kinds, p_contents, p_by_host, p_admins_only
    ) WITH ORDINALITY
      AS i (id, conversation_id, sender_id, client_message_id, kind, content, by_host, admins_only, ord)
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
      conversation_id, seq, id, version, sender_id, client_message_id, body_hash, kind, content, created_at
    )
    SELECT conversation_id, last_seq + n, id, version + n, sender_id, client_message_id, body_hash, kind, content, now
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
    NULL::text, a.now, NULL::timestamptz, NULL::timestamptz,
    CASE WHEN a.n = 1 THEN
      ARRAY(SELECT p.user_id FROM participants p WHERE p.conversation_id = a.conversation_id)
    END,
    a.sender_was_behind
  FROM accepted a
  UNION ALL
  SELECT j.ord, j.outcome, coalesce(m.id, j.id), j.conversation_id, m.seq, m.version, j.client_message_id, j.sender_id, j.kind,
    CASE WHEN m.id IS NULL THEN j.content ELSE m.content END, m.created_at, m.edited_at, m.deleted_at, NULL, NULL
  FROM numbered j
  LEFT JOIN messages m ON j.outcome = 'repeated' AND m.conversation_id = j.conversation_id AND m.seq = j.stored_seq
  WHERE j.outcome <> 'accepted';
END
$$;
