-- Losing access must hold on every process, also when no message of another process arrives: each looks into these two
-- tables every two seconds. Ids would not do as a mark of what was read, they may become visible in another order than
-- they were given in: a process reads everything of the last half minute again. The reader's role sees nothing of it.

-- Who lost access to a conversation or, when they had lost it before, got it back. Kept for an hour.
CREATE TABLE revocations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  conversation_id uuid NOT NULL,
  user_id text NOT NULL,
  -- of the conversation, by that change: the later one holds
  version bigint NOT NULL,
  revoked boolean NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX revocations_by_time ON revocations (created_at);

-- Sessions that were ended: that of one token, or (token_key is null) those of all tokens that the person had until then.
-- Kept for as long as such a token may live.
CREATE TABLE sign_outs (
  user_id text NOT NULL,
  -- a hash of the token, never the token itself
  token_key text,
  ended_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  UNIQUE NULLS NOT DISTINCT (user_id, token_key)
);

CREATE INDEX sign_outs_by_time ON sign_outs (created_at);

ALTER TABLE revocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_outs ENABLE ROW LEVEL SECURITY;
CREATE POLICY writer ON revocations TO parley_writer USING (true) WITH CHECK (true);
CREATE POLICY writer ON sign_outs TO parley_writer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON revocations, sign_outs TO parley_writer;
